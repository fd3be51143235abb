"""The toolbar: files and history at the left, the target in the middle, the runs at the right."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolBar, QToolButton, QWidget

from app.commands import Commands
from widgets import theme
from widgets.target import TargetBar

_LEFT = ("file.open", "file.save", None, "edit.undo", "edit.redo", None)
_RIGHT = ("run.convert", "run.emulate", "run.synthesise")
_ICONS_FROM = 960
_FROM = {"run.convert": 1280, "run.emulate": 1120} | dict.fromkeys(filter(None, _LEFT), _ICONS_FROM)
"""Width of the toolbar, px at 100 % text, from which a button is there: below it the target's fields come first."""


def build_toolbar(target: TargetBar, commands: Commands) -> QToolBar:
    """The target's fields between buttons of commands."""
    bar = _Bar()
    for command_id in _LEFT:
        if command_id is None:
            bar.separate()
        else:
            bar.add(_icon_button(commands, command_id), command_id)
    bar.addWidget(target)
    spacer = QWidget()
    spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    bar.addWidget(spacer)
    for command_id in _RIGHT:
        button = _run_button(commands, command_id)
        if command_id == "run.synthesise":
            bar.add(_split(commands, button), command_id)
        else:
            bar.add(button, command_id, commands.action(command_id))
    return bar


class _Bar(QToolBar):
    """Lets buttons go where room is short; what they do is in the menus too."""

    def __init__(self) -> None:
        self._spare: dict[QAction, int] = {}
        super().__init__("Toolbar")
        self.setObjectName("toolbar")
        self.setMovable(False)

    def add(self, button: QWidget, command_id: str, follows: QAction | None = None) -> None:
        """Put a command's button behind the others; it can be pressed when the action that it follows can."""
        shown = self.addWidget(button)
        if follows is not None:
            # The toolbar's own action enables the button again whenever it makes room for it.
            follows.changed.connect(lambda: shown.setEnabled(follows.isEnabled()))
            shown.setEnabled(follows.isEnabled())
        if command_id in _FROM:
            self._spare[shown] = _FROM[command_id]

    def separate(self) -> None:
        """Put a line behind the icons, which goes with them."""
        self._spare[self.addSeparator()] = _ICONS_FROM

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the buttons."""
        super().resizeEvent(event)
        self._choose()

    def changeEvent(self, event: QEvent) -> None:
        """Choose again for larger or smaller text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._choose()

    def _choose(self) -> None:
        side = theme.current().size("icon")
        self.setIconSize(QSize(side, side))
        for action, width in self._spare.items():
            action.setVisible(self.width() >= width * theme.current().text_scale)


def _icon_button(commands: Commands, command_id: str) -> QToolButton:
    """A button of the toolbar's own: hiding it leaves the command in its menu, and its shortcut."""
    button = QToolButton()
    button.setDefaultAction(commands.action(command_id))
    button.setAutoRaise(True)
    return button


def _run_button(commands: Commands, command_id: str, *, worded: bool = True) -> QPushButton:
    """A push button that follows its command's action."""
    action = commands.action(command_id)
    button = QPushButton()
    button.setObjectName(f"button.{command_id}")
    button.clicked.connect(action.trigger)

    def follow() -> None:
        button.setText(action.text() if worded else "")
        button.setEnabled(action.isEnabled())
        button.setToolTip(action.toolTip())

    action.changed.connect(follow)
    follow()
    return button


def _split(commands: Commands, button: QPushButton) -> QWidget:
    """The button for the last choices, and an arrow that asks for others."""
    arrow = _run_button(commands, "run.synthesise_as", worded=False)
    arrow.setIcon(theme.icon("chevron-down", "accent.on"))
    arrow.setAccessibleName("Synthesise: choose steps and computer")
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(1)
    for part, side in ((button, "left"), (arrow, "right")):
        part.setProperty("role", "primary")
        part.setProperty("joined", side)
        row.addWidget(part)
    return pair
