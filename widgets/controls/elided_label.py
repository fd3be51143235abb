"""ElidedLabel: a name that gives way in its middle, so that its ends stay readable."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

_FEWEST_LETTERS = 5


class ElidedLabel(QLabel):
    """One line of plain text; where it does not fit, dots replace the middle and the tool tip has it all."""

    def __init__(
        self,
        text: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def shown_text(self) -> str:
        """What is painted at the present width."""
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())

    @property
    def is_elided(self) -> bool:
        """Whether something is left out."""
        return self.shown_text != self.text()

    def minimumSizeHint(self) -> QSize:
        """A few letters and the dots."""
        full = super().sizeHint()
        return QSize(min(full.width(), self.fontMetrics().averageCharWidth() * _FEWEST_LETTERS), full.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            self.shown_text,
            QPalette.ColorRole.WindowText,
        )

    def event(self, event: QEvent) -> bool:
        """Show the whole text as a tool tip when it does not fit and there is no other."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.is_elided:
            QToolTip.showText(event.globalPos(), self.toolTip() or self.text(), self)
            return True
        return super().event(event)
