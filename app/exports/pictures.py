"""Writing something painted as PNG or SVG."""

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from app.exports.png import png_of
from app.exports.subject import Picture

_LARGEST_SIDE = 16_000
_DENSITY = 2.0


def image_of(picture: Picture, density: float = _DENSITY) -> QImage:
    """The picture in pixels, `density` to a logical px; less for pictures that would pass 16,000 a side.

    Raises ValueError for an empty picture or one that memory has no room for.
    """
    width, height = picture.size.width(), picture.size.height()
    if width < 1 or height < 1:
        raise ValueError("There is nothing in the picture.")
    density = min(density, _LARGEST_SIDE / max(width, height))
    image = QImage(round(width * density), round(height * density), QImage.Format.Format_ARGB32_Premultiplied)
    if image.isNull():
        raise ValueError(f"A picture of {width:,.0f} × {height:,.0f} px does not fit into memory.")
    image.fill(Qt.GlobalColor.transparent)
    _paint(QPainter(image), picture, density)
    return image


def png_bytes(picture: Picture, density: float = _DENSITY) -> bytes:
    """The picture as PNG. Raises ValueError, see `image_of`."""
    return png_of(image_of(picture, density))


def svg_bytes(picture: Picture, title: str) -> bytes:
    """The picture as scalable graphics, one unit a logical px. Raises ValueError for an empty picture."""
    width, height = picture.size.width(), picture.size.height()
    if width < 1 or height < 1:
        raise ValueError("There is nothing in the picture.")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # Version 1.1: the smaller profile has no clipping, and hatching would spill over.
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(round(width), round(height)))
    generator.setViewBox(QRectF(0, 0, width, height))
    generator.setTitle(title)
    painter = QPainter()
    if not painter.begin(generator):
        raise ValueError("The picture could not be written as SVG.")
    _paint(painter, picture, 1.0)
    return bytes(buffer.data().data())


def _paint(painter: QPainter, picture: Picture, density: float) -> None:
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(density, density)
        picture.paint(painter)
    finally:
        painter.end()
