"""Renders gallery pages into one image, a theme beside the other."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from widgets import theme
from widgets.gallery.controls_page import controls_page
from widgets.gallery.icons_page import icons_page
from widgets.gallery.standard_page import standard_page
from widgets.gallery.window_page import window_page

PAGES = {"controls": controls_page, "standard": standard_page, "window": window_page, "icons": icons_page}


def draw_gallery(out: str, page: str, schemes: Sequence[str], text_scale: float = 1.0) -> bool:
    """Write the picture; False if the file cannot be written."""
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        return False
    images = []
    for scheme in schemes:
        theme.apply(app, theme.Scheme(scheme), text_scale)
        widget = PAGES[page]()
        images.append(_grab(widget))
        widget.deleteLater()
    return _side_by_side(images).save(out)


def _grab(widget: QWidget) -> QImage:
    widget.show()
    widget.resize(widget.sizeHint().expandedTo(widget.size()))
    # Two rounds: word-wrapped labels settle their height only after the first layout.
    for _round in range(2):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QCoreApplication.processEvents()
    image = widget.grab().toImage()
    # Paste pixel for pixel, whatever the screen's ratio.
    image.setDevicePixelRatio(1)
    widget.hide()
    return image


def _side_by_side(images: Sequence[QImage]) -> QImage:
    width = sum(image.width() for image in images)
    height = max(image.height() for image in images)
    whole = QImage(width, height, QImage.Format.Format_RGB32)
    whole.fill(0xFF808080)
    painter = QPainter(whole)
    left = 0
    for image in images:
        painter.drawImage(left, 0, image)
        left += image.width()
    painter.end()
    return whole
