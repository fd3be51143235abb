"""Shortcuts as a value: what each command has by default, what the user changed, and who shares a key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtGui import QKeySequence

from app.commands import Command


def spelled(keys: str) -> str:
    """A shortcut as Qt spells it on every platform, so that equal ones compare equal; '' for none."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


@dataclass(frozen=True, slots=True)
class Binding:
    """One command and its keys."""

    id: str
    title: str
    menu: str
    default: str
    keys: str

    @property
    def changed(self) -> bool:
        """Whether the user chose other keys than the studio."""
        return self.keys != self.default


@dataclass(frozen=True, slots=True)
class Bindings:
    """All commands in the order of the menus."""

    rows: tuple[Binding, ...]

    def __getitem__(self, command_id: str) -> Binding:
        return next(row for row in self.rows if row.id == command_id)

    def with_keys(self, command_id: str, keys: str) -> "Bindings":
        """The same with other keys for one command; '' for none."""
        spelling = spelled(keys)
        return Bindings(tuple(replace(row, keys=spelling) if row.id == command_id else row for row in self.rows))

    def all_reset(self) -> "Bindings":
        """As the studio came."""
        return Bindings(tuple(replace(row, keys=row.default) for row in self.rows))

    def sharing(self, command_id: str) -> tuple[Binding, ...]:
        """Other commands with the same keys: none of them would work."""
        keys = self[command_id].keys
        return tuple(row for row in self.rows if keys and row.keys == keys and row.id != command_id)

    def overrides(self) -> dict[str, str]:
        """What to keep: only what differs from the defaults."""
        return {row.id: row.keys for row in self.rows if row.changed}


def bindings(commands: Iterable[Command], overrides: Mapping[str, str]) -> Bindings:
    """The bindings in force."""
    rows = []
    for command in commands:
        default = spelled(command.shortcut)
        keys = spelled(overrides[command.id]) if command.id in overrides else default
        title = command.title.replace("&", "").rstrip("…")
        rows.append(Binding(command.id, title, command.menu.partition("/")[0], default, keys))
    return Bindings(tuple(rows))
