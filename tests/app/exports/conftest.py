"""A design with its numbers and pictures, ready to be exported."""

import pytest
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor

from app.exports import Picture, Subject
from engine.advice import findings
from engine.flows.registry import flow
from engine.project import Run, design_digest
from tests.samples import small_resnet

RED = QColor("#c02010")


def paint_sign(painter):
    """A red square and a word in a picture of 200 × 100."""
    painter.fillRect(QRectF(10, 10, 40, 40), RED)
    painter.drawText(80, 40, "stem")


@pytest.fixture
def subject(store, qapp):
    """A residual network that is too large for its board, with two runs."""
    design = small_resnet(store)
    vitis = flow("vitis")
    estimate = vitis.estimate(design, store)
    runs = (
        Run("convert", "done", "2025-11-02T10:11:12Z", 3.2, design_digest(design), "vitis", "hls4ml 1.3.0"),
        Run(
            "synthesise",
            "done",
            "2025-11-03T08:00:00Z",
            300.0,
            "another",
            "vitis",
            "Vitis HLS 2023.2",
            3,
            totals=(("LUT", 34910.0), ("latency", 9241.0)),
        ),
    )
    sign = Picture(QSizeF(200, 100), paint_sign)
    found = findings(design, estimate, vitis, store, 0.8)
    return Subject(design, estimate, vitis, found, runs, 0.8, graph=sign, budget=sign, tensors=store)
