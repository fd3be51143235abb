"""Commands, declared once: they feed menus, toolbar, shortcuts and the palette."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from widgets import theme


def _always() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do. `off` says why it cannot be done now, or '' when it can."""

    id: str
    title: str
    run: Callable[[], object]
    menu: str = ""
    shortcut: str = ""
    icon: str = ""
    help: str = ""
    off: Callable[[], str] = _always
    checked: Callable[[], bool] | None = None
    """For a switch: whether it is on."""
    detail: Callable[[], str] = _always
    """What it would do as things stand, where that is not always the same."""
    named: Callable[[], str] = _always
    """Its title as things stand; '' for `title`."""

    @property
    def title_now(self) -> str:
        """The title that people see."""
        return self.named() or self.title


class Commands(QObject):
    """All commands of a window, each with its QAction."""

    def __init__(self, window: QWidget, shortcuts: dict[str, str]) -> None:
        super().__init__(window)
        self._window = window
        self._shortcuts = shortcuts
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def __getitem__(self, command_id: str) -> Command:
        return self._commands[command_id]

    def add(self, *commands: Command) -> None:
        """Declare commands; their shortcuts work at once."""
        for command in commands:
            self._commands[command.id] = command
            self._actions[command.id] = self._action_for(command)

    def action(self, command_id: str) -> QAction:
        """The action to put into a menu or toolbar."""
        return self._actions[command_id]

    def shortcut(self, command_id: str) -> str:
        """The shortcut in force, as the platform writes it."""
        return self._actions[command_id].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def rebind(self, shortcuts: dict[str, str]) -> None:
        """Take other shortcuts from the preferences; commands not named keep their own."""
        self._shortcuts = shortcuts
        for command in self:
            self._actions[command.id].setShortcut(self._shortcuts.get(command.id, command.shortcut))

    def run(self, command_id: str) -> None:
        """Run a command if it is not off."""
        command = self._commands[command_id]
        if not command.off():
            command.run()
        self.refresh()

    def refresh(self) -> None:
        """Ask every command again whether it can run and is switched on."""
        for command in self:
            action, reason = self._actions[command.id], command.off()
            action.setText(command.title_now)
            action.setEnabled(not reason)
            action.setToolTip(_tool_tip(command, action, reason))
            if command.checked is not None:
                action.setChecked(command.checked())

    def fill(self, menu: QMenu, name: str) -> None:
        """Put the commands of one menu into it; `Menu/group` starts a new group at a separator, `Menu/group/Submenu`
        stands in a menu within it.
        """
        group: str | None = None
        menus = {"": menu}
        for command in self:
            place, section, within = [*command.menu.split("/"), "", ""][:3]
            if place != name:
                continue
            if group is not None and section != group:
                menu.addSeparator()
            group = section
            if within not in menus:
                menus[within] = menu.addMenu(within)
            menus[within].addAction(self._actions[command.id])
        for each in menus.values():
            each.setToolTipsVisible(True)
        menu.aboutToShow.connect(self.refresh)

    def _action_for(self, command: Command) -> QAction:
        action = QAction(command.title, self._window)
        action.setObjectName(command.id)
        action.setShortcut(self._shortcuts.get(command.id, command.shortcut))
        action.setCheckable(command.checked is not None)
        action.triggered.connect(lambda: self.run(command.id))
        if command.icon:
            action.setIcon(theme.icon(command.icon))
        self._window.addAction(action)
        return action


def _tool_tip(command: Command, action: QAction, reason: str) -> str:
    title = command.title_now.rstrip("…").replace("&", "")
    shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    head = f"{title} ({shortcut})" if shortcut else title
    return "\n".join(
        line for line in (head, command.help, command.detail(), f"Off: {reason}" if reason else "") if line
    )
