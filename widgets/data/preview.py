"""SamplePreview: some samples as pictures or curves, each over its label."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import theme
from widgets.data.model import Sample

_SIDE = 64
_GAP = 12
_LINES = ("accent", "text.tertiary", "ok", "warning")
"""Colours of the curves of one sample; further ones repeat them."""


class SamplePreview(QWidget):
    """As many tiles as there is room for in one line."""

    def __init__(self) -> None:
        super().__init__()
        self._samples: tuple[Sample, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Some samples")

    def set_samples(self, samples: tuple[Sample, ...]) -> None:
        """Show other samples."""
        self._samples = samples
        self.setAccessibleDescription(", ".join(sample.caption for sample in samples))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A tile and its label high."""
        return QSize(6 * (_SIDE + _GAP), _SIDE + 4 + theme.current().line("caption"))

    def minimumSizeHint(self) -> QSize:
        """As high, and one tile wide."""
        return QSize(_SIDE, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tiles that fit."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, sample in enumerate(self._samples[: (self.width() + _GAP) // (_SIDE + _GAP)]):
            self._paint_tile(painter, QRectF(place * (_SIDE + _GAP), 0, _SIDE, _SIDE), sample)

    def _paint_tile(self, painter: QPainter, area: QRectF, sample: Sample) -> None:
        now = theme.current()
        painter.fillRect(area, now.color("bg.sunken"))
        if sample.is_picture:
            image = _image(sample.values)
            painter.drawImage(_centred(area, image.size()), image)
        else:
            _paint_lines(painter, area.adjusted(2, 4, -2, -4), sample.values)
        painter.setFont(now.font("caption"))
        painter.setPen(now.color("text.secondary"))
        text = painter.fontMetrics().elidedText(sample.caption, Qt.TextElideMode.ElideRight, _SIDE)
        below = QRectF(area.left(), area.bottom() + 4, _SIDE, now.line("caption"))
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, text)


def _image(values: np.ndarray) -> QImage:
    """Grey, or colour where there are three channels."""
    pixels = np.ascontiguousarray(np.clip(255 * values, 0, 255).astype(np.uint8))
    colour = pixels.ndim == 3
    kind = QImage.Format.Format_RGB888 if colour else QImage.Format.Format_Grayscale8
    return QImage(pixels.data, pixels.shape[1], pixels.shape[0], pixels.strides[0], kind).copy()


def _centred(area: QRectF, size: QSize) -> QRectF:
    """As large as the tile allows without distortion."""
    fitted = size.scaled(area.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    found = QRectF(0, 0, fitted.width(), fitted.height())
    found.moveCenter(area.center())
    return found


def _paint_lines(painter: QPainter, area: QRectF, values: np.ndarray) -> None:
    low, high = float(values.min()), float(values.max())
    across = area.width() / max(len(values) - 1, 1)
    up = area.height() / (high - low or 1.0)
    for line in range(values.shape[1]):
        points = [
            QPointF(area.left() + x * across, area.bottom() - (float(y) - low) * up)
            for x, y in enumerate(values[:, line])
        ]
        painter.setPen(QPen(theme.current().color(_LINES[line % len(_LINES)]), 1.2))
        painter.drawPolyline(QPolygonF(points))
