"""What all dialogs share: their size on the screen, headings, quiet words, buttons at the foot."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from widgets import theme

_SCREEN_MARGIN = 64


def fit(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog this size at 100 % text, more at larger text, never more than its screen has."""
    scale = theme.current().text_scale
    available = dialog.screen().availableGeometry().size() - QSize(_SCREEN_MARGIN, _SCREEN_MARGIN)
    dialog.resize(QSize(round(width * scale), round(height * scale)).boundedTo(available))


def words(text: str, role: str = "", tone: str = "", wrap: bool = True) -> QLabel:
    """A label in a type role and tone of the theme."""
    label = QLabel(text)
    label.setProperty("type", role)
    label.setProperty("tone", tone)
    label.setWordWrap(wrap)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if wrap:
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def hairline(vertical: bool = False) -> QFrame:
    """A line between two areas."""
    line = QFrame()
    line.setFrameShape(QFrame.Shape.VLine if vertical else QFrame.Shape.HLine)
    return line


def buttons(*named: tuple[QPushButton, QDialogButtonBox.ButtonRole]) -> QDialogButtonBox:
    """Buttons in the platform's order, with room around them."""
    box = QDialogButtonBox()
    for button, role in named:
        box.addButton(button, role)
    pad = theme.current().space(5)
    box.setContentsMargins(pad, theme.current().space(4), pad, theme.current().space(4))
    return box


def foot(left: Sequence[QWidget], right: Sequence[QWidget] = ()) -> QHBoxLayout:
    """Widgets at both ends of a dialog's last line; words at the left have the room between."""
    now, row = theme.current(), QHBoxLayout()
    row.setContentsMargins(now.space(5), now.space(4), now.space(5), now.space(4))
    row.setSpacing(now.space(3))
    for widget in left:
        row.addWidget(widget, int(isinstance(widget, QLabel)))
    if not any(isinstance(widget, QLabel) for widget in left):
        row.addStretch(1)
    for widget in right:
        row.addWidget(widget)
    return row


def above_foot(dialog: QDialog, content: QWidget | QLayout, below: QWidget | QLayout) -> None:
    """Fill a dialog with its content, and below a line with its `buttons` or its `foot`."""
    whole = QVBoxLayout(dialog)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    for part, stretch in ((content, 1), (hairline(), 0), (below, 0)):
        if isinstance(part, QLayout):
            whole.addLayout(part, stretch)
        else:
            whole.addWidget(part, stretch)


def inset(content: QWidget) -> QVBoxLayout:
    """A table or a plot whose sides stand over those of the dialog's last line."""
    now, column = theme.current(), QVBoxLayout()
    column.setContentsMargins(now.space(5), now.space(3), now.space(5), 0)
    column.addWidget(content)
    return column


def primary(text: str) -> QPushButton:
    """The one button that does what the dialog is for."""
    button = QPushButton(text)
    button.setProperty("role", "primary")
    button.setDefault(True)
    return button


def make_default(button: QPushButton) -> None:
    """Let Return press it while no other button has the keyboard, once it stands in its dialog.

    Without this a dialog takes the first of all its buttons.
    """
    button.setDefault(False)
    button.setDefault(True)


def scrolled(content: QWidget) -> QScrollArea:
    """A page that scrolls up and down where there is no room for it."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def padded(widget: QWidget, spacing: int = 4) -> QVBoxLayout:
    """A column of widgets with a dialog's margins; `spacing` is a step of the theme."""
    now = theme.current()
    column = QVBoxLayout(widget)
    column.setContentsMargins(now.space(6), now.space(5), now.space(6), now.space(5))
    column.setSpacing(now.space(spacing))
    return column
