"""Pictures as PNG bytes."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter


def png_of(image: QImage) -> bytes:
    """The picture as a PNG file. Raises ValueError with the reason."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    if not writer.write(image):
        raise ValueError(f"The picture could not be written as PNG: {writer.errorString()}.")
    return bytes(buffer.data().data())
