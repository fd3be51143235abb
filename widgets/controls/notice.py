"""Notice: a tinted bar with an icon, a statement and, where there is one, the step it leads to."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from widgets import theme
from widgets.controls.icon_label import IconLabel

# Tone -> icon; ground and icon take the colour tokens of the same name.
NOTICE_ICONS = {"info": "info", "ok": "check-circle", "warning": "warning", "danger": "over"}


class Notice(QWidget):
    """A statement that stays: `A change here applies to all 20, as one step`."""

    activated = Signal()

    def __init__(self, text: str, tone: str = "info", action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        now = theme.current()
        row = QHBoxLayout(self)
        row.setContentsMargins(now.space(3), now.space(2), now.space(3), now.space(2))
        self.label = IconLabel(NOTICE_ICONS[tone], text, tone, self)
        self.label.setWordWrap(True)
        row.addWidget(self.label, 1)
        self.button = QPushButton(action, self)
        self.button.setProperty("role", "link")
        self.button.clicked.connect(self.activated)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(now.size("rowComfort"))
        self.show_statement(text, tone, action)

    def show_statement(self, text: str, tone: str = "info", action: str = "") -> None:
        """Say something else; without `action` there is no button."""
        self._tone = tone
        self.label.setText(text)
        self.label.set_icon(NOTICE_ICONS[tone], tone)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tinted ground."""
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color(f"{self._tone}.soft"))
        painter.drawRoundedRect(QRectF(self.rect()), now.radius("control"), now.radius("control"))
