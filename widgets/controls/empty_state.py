"""EmptyState: what to show where there is nothing yet: why, and the next step."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from widgets import theme

_ICON = 28


class EmptyState(QWidget):
    """An icon, a heading, a sentence, and a button that takes the next step (`activated`)."""

    activated = Signal()

    def __init__(
        self,
        icon_name: str,
        heading: str,
        sentence: str = "",
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(heading)
        column = QVBoxLayout(self)
        column.setSpacing(theme.current().space(3))
        column.addStretch(1)
        column.addWidget(_Glyph(icon_name, self), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(_line(heading, "section", ""))
        self._sentence = _line(sentence, "", "secondary")
        column.addWidget(self._sentence)
        self.button = QPushButton(action, self)
        self.button.setVisible(bool(action))
        self.button.clicked.connect(self.activated)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.set_sentence(sentence)

    def set_sentence(self, sentence: str) -> None:
        """Give another reason."""
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.setAccessibleDescription(sentence)


def _line(text: str, role: str, tone: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("type", role)
    label.setProperty("tone", tone)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


class _Glyph(QWidget):
    """The icon, larger than in buttons."""

    def __init__(self, icon_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        side = round(_ICON * theme.current().text_scale)
        return QSize(side, side)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the text scale changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        theme.paint_icon(QPainter(self), QRectF(self.rect()), self._icon_name, "text.tertiary")
