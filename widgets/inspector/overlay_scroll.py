"""OverlayScroll: a column that scrolls, with its bar over it, so that the column's width never changes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

_BAR = 12


class OverlayScroll(QScrollArea):
    """The bar takes the place of the content's padding at the right."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        hidden = self.verticalScrollBar()
        hidden.rangeChanged.connect(self._follow_range)
        hidden.valueChanged.connect(self.bar.setValue)
        self.bar.valueChanged.connect(hidden.setValue)
        self.setWidget(content)
        self._follow_range(hidden.minimum(), hidden.maximum())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the bar at the right edge."""
        super().resizeEvent(event)
        self.bar.setGeometry(self.width() - _BAR, 0, _BAR, self.viewport().height())
        self._follow_range(self.verticalScrollBar().minimum(), self.verticalScrollBar().maximum())

    def _follow_range(self, low: int, high: int) -> None:
        self.bar.setPageStep(self.verticalScrollBar().pageStep())
        self.bar.setRange(low, high)
        self.bar.setVisible(high > low)
        self.bar.raise_()
