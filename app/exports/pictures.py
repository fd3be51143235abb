"""Pictures of what a function paints, as PNG or SVG."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from app.exports.png import png_of
from app.exports.subject import MOST_PX

_CSS_PX_PER_INCH = 96


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of `size` logical px that `paint` draws from (0, 0)."""

    size: QSizeF
    paint: Callable[[QPainter], None]

    def image(self, density: float = 2.0, most: int = MOST_PX) -> QImage:
        """On a transparent ground. Raises ValueError for an empty picture or one that memory has no room for."""
        width, height = self._extents()
        density = min(density, most / max(width, height))
        image = QImage(round(width * density), round(height * density), QImage.Format.Format_ARGB32_Premultiplied)
        if image.isNull():
            raise ValueError(f"A picture of {width:,.0f} × {height:,.0f} px does not fit into memory.")
        image.fill(Qt.GlobalColor.transparent)
        self._paint(QPainter(image), density)
        return image

    def png(self, density: float = 2.0, most: int = MOST_PX) -> bytes:
        """Raises as `image` does."""
        return png_of(self.image(density, most))

    def svg(self, title: str) -> bytes:
        """Raises ValueError for an empty picture."""
        width, height = self._extents()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        # Version 1.1: the smaller profile has no clipping, and hatching would spill over.
        generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
        generator.setOutputDevice(buffer)
        generator.setResolution(_CSS_PX_PER_INCH)
        generator.setSize(QSize(round(width), round(height)))
        generator.setViewBox(QRectF(0, 0, width, height))
        generator.setTitle(title)
        self._paint(QPainter(generator), 1.0)
        return bytes(buffer.data().data())

    def on_paper(self) -> "Picture":
        """The same: what paints it chooses its colours."""
        return self

    def _extents(self) -> tuple[float, float]:
        width, height = self.size.width(), self.size.height()
        if width < 1 or height < 1:
            raise ValueError("There is nothing in the picture.")
        return width, height

    def _paint(self, painter: QPainter, density: float) -> None:
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(density, density)
            self.paint(painter)
        finally:
            painter.end()
