"""The card of one step: what it is about, where one is, and the way on, back or out."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from widgets import theme
from widgets.controls.painting import draw_raised_card

_SHADOW_ROOM = 20
_TEXT_WIDTH = 256


class TourCard(QWidget):
    """Esc leaves; the buttons are reached with Tab."""

    forward = Signal()
    back = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title, self.text, self.place = QLabel(), QLabel(), QLabel()
        self.skip, self.previous, self.next = QPushButton("Skip"), QPushButton("Back"), QPushButton()
        self.skip.setProperty("role", "link")
        self.next.setProperty("role", "primary")
        self.skip.clicked.connect(self.left)
        self.previous.clicked.connect(self.back)
        self.next.clicked.connect(self.forward)
        self._lay_out()

    def show_step(self, title: str, text: str, number: int, count: int) -> None:
        """Show step `number` of `count`, from 1."""
        last = number == count
        self.title.setText(title)
        self.text.setText(text)
        self.place.setText(f"{number} of {count}")
        self.previous.setVisible(number > 1)
        self.skip.setVisible(not last)
        self.next.setText("Done" if last else "Next")
        self.setAccessibleName(f"Tour, {number} of {count}: {title}. {text}")
        self.text.setFixedWidth(round(_TEXT_WIDTH * theme.current().text_scale))
        self.show()
        self.adjustSize()
        self.raise_()
        theme.focus_by_keyboard(self.next)

    def outside(self) -> QSize:
        """The card's size without the room for its shadow, which may lie over anything."""
        return self.size() - QSize(2 * _SHADOW_ROOM, 2 * _SHADOW_ROOM)

    def put_at(self, corner: QPoint) -> None:
        """Stand with the upper left corner of what is seen of the card there."""
        self.move(corner - QPoint(_SHADOW_ROOM, _SHADOW_ROOM))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, Return goes on."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.forward.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a raised card."""
        draw_raised_card(self, _SHADOW_ROOM)

    def _lay_out(self) -> None:
        now = theme.current()
        column = QVBoxLayout(self)
        inset = _SHADOW_ROOM + now.space(5)
        column.setContentsMargins(inset, inset, inset, inset)
        column.setSpacing(now.space(3))
        self.title.setProperty("type", "title")
        self.text.setWordWrap(True)
        self.place.setProperty("type", "dense")
        self.place.setProperty("tone", "secondary")
        row = QHBoxLayout()
        row.addWidget(self.place)
        row.addStretch(1)
        for button in (self.skip, self.previous, self.next):
            row.addWidget(button)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addSpacing(now.space(2))
        column.addLayout(row)
