"""The program's icon for Windows and macOS: the studio's own mark as a picture; the specification calls `write`."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

import resources

_MARK = Path(resources.__path__[0]) / "icons" / "logo.svg"
# The light theme's colours.
_COLOURS = {"currentColor": "#4450CF", "contrastColor": "#FFFFFF"}
_PIXELS = 1024


def write(file: Path) -> str:
    """Write a square picture, which PyInstaller makes the system's kind of icon of; return its path."""
    text = _MARK.read_text(encoding="utf-8")
    for word, colour in _COLOURS.items():
        text = text.replace(word, colour)
    picture = QImage(_PIXELS, _PIXELS, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(text.encode()).render(painter)
    painter.end()
    picture.save(str(file))
    return str(file)
