"""What a user prefers on this computer, kept in one small file."""

import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from engine.computers import Computer, computer_from_json
from engine.estimate import Level
from engine.project.atomic import write_atomically

VERSION = 1
_RECENT = 12


@dataclass(frozen=True, slots=True)
class Preferences:
    """Everything the preferences dialog shows, and what the window remembers."""

    theme: str = "system"
    """'system', 'light' or 'dark'."""
    safe_share: float = 0.8
    """Share of the board that a design should not pass, 0.1 to 1."""
    level: str = Level.C_SYNTHESIS.value
    """The tool whose reports the estimates foretell."""
    own_runs: bool = True
    """Whether estimates learn from the user's own runs."""
    text_scale: float = 1.0
    reduced_motion: bool = False
    tool_paths: dict[str, str] = field(default_factory=dict)
    computers: tuple[Computer, ...] = ()
    """Other computers with tools."""
    synthesis_steps: tuple[str, ...] = ()
    """Steps besides the necessary ones, as last chosen."""
    synthesis_place: str = ""
    """Name of the computer last chosen; '' for this one."""
    shortcuts: dict[str, str] = field(default_factory=dict)
    recent: tuple[str, ...] = ()
    toured: bool = False
    """Whether the tour was begun once: the next start shows the welcome page."""
    window: dict[str, str] = field(default_factory=dict)
    """Geometry and dock state, base64."""

    def with_recent(self, path: Path) -> "Preferences":
        """The same with a file at the head of the recent ones."""
        rest = [entry for entry in self.recent if entry != str(path)]
        return replace(self, recent=(str(path), *rest)[:_RECENT])


def load_preferences(path: Path) -> Preferences:
    """Read the file; what is missing or not understood takes its default: preferences never stop a start."""
    try:
        data = json.loads(path.read_text())
    except (OSError, ValueError, RecursionError):
        return Preferences()
    return _sound(data) if isinstance(data, dict) else Preferences()


def save_preferences(path: Path, preferences: Preferences) -> None:
    """Write the file atomically. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"version": VERSION} | asdict(preferences), indent=1)
    write_atomically(path, lambda file: _write(file, text))


def _write(file: Any, text: str) -> None:
    file.write(text.encode())


def _sound(data: dict[str, Any]) -> Preferences:
    defaults = Preferences()
    taken: dict[str, Any] = {}
    for item in fields(Preferences):
        value, default = data.get(item.name), getattr(defaults, item.name)
        if item.name == "computers":
            taken[item.name] = _computers(value)
        elif isinstance(default, tuple) and isinstance(value, list):
            taken[item.name] = tuple(str(entry) for entry in value)
        elif isinstance(default, dict) and isinstance(value, dict):
            taken[item.name] = {key: entry for key, entry in value.items() if isinstance(entry, str)}
        elif isinstance(value, type(default)) and not isinstance(default, tuple):
            taken[item.name] = value
    result = Preferences(**taken)
    return replace(
        result,
        theme=result.theme if result.theme in ("system", "light", "dark") else defaults.theme,
        level=result.level if result.level in tuple(Level) else defaults.level,
        # The limit first: it also wins over what is not a number.
        safe_share=min(max(0.1, result.safe_share), 1.0),
        text_scale=min(max(0.8, result.text_scale), 2.0),
    )


def _computers(value: object) -> tuple[Computer, ...]:
    read = [computer_from_json(entry) for entry in value] if isinstance(value, list) else []
    return tuple(computer for computer in read if computer is not None)
