"""What the command palette offers beside commands and layers: where to build, how it looks, what to open."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.folders import EXAMPLES
from app.workspace import Workspace
from engine.boards import all_boards, board
from engine.flows.registry import all_flows, flow
from engine.project import SUFFIX
from widgets.palette import Entry
from widgets.target.clock_panel import clock_text

_PERIODS = (2.5, 4.0, 5.0, 8.0, 10.0, 20.0)
"""Usual clock periods, ns."""
_INTERFACES = {
    "io_parallel": "All values of a tensor at once: small and fast networks",
    "io_stream": "One position after the other: convolutions",
}
_THEMES = {"system": "as the system has it", "light": "light", "dark": "dark"}


def target_entries(space: Workspace) -> Iterator[Entry]:
    """Boards, flows, interfaces, clocks; what cannot be had now says why."""
    target = space.document.design.target
    used = flow(target.flow)
    for each in all_boards(space.studio.folders.boards):
        detail = _now(each.id == target.board.id, f"{each.part} · {each.family.label}")
        yield Entry(f"board:{each.id}", f"Board: {each.name}", "Boards", detail, "board", off=used.refuses(each))
    for other in all_flows():
        detail = _now(other.id == target.flow, "What turns the design into hardware")
        yield Entry(f"flow:{other.id}", f"Flow: {other.label}", "Flows", detail, off=other.refuses(target.board))
    for io_type, words in _INTERFACES.items():
        yield Entry(f"io:{io_type}", f"Interface: {io_type}", "Interfaces", _now(io_type == target.io_type, words))
    for period in sorted({*_PERIODS, target.board.clock_ns}):
        detail = _now(period == target.clock_ns, "the board's usual clock" if period == target.board.clock_ns else "")
        yield Entry(f"clock:{period}", f"Clock: {clock_text(period)}", "Clocks", detail, "clock")


def theme_entries(space: Workspace) -> Iterator[Entry]:
    """Light, dark, or as the system has it."""
    for name, words in _THEMES.items():
        yield Entry(f"theme:{name}", f"Theme: {words}", "Themes", _now(name == space.studio.preferences.theme, ""))


def file_entries(space: Workspace) -> Iterator[Entry]:
    """Examples, and files opened before."""
    for path in sorted(EXAMPLES.glob(f"*{SUFFIX}")):
        title = f"Open example: {path.stem.replace('_', ' ')}"
        yield Entry(f"open:{path}", title, "Examples", "opens as a copy", "document")
    for text in space.studio.preferences.recent:
        path = Path(text)
        if EXAMPLES not in path.parents:
            off = "" if path.exists() else "the file has moved"
            yield Entry(
                f"open:{path}", f"Open recent: {path.name}", "Recent files", str(path.parent), "history", off=off
            )


def choose_target(space: Workspace, group: str, name: str) -> None:
    """Do what one of these entries says."""
    match group:
        case "board":
            space.settings.set_board(board(name, space.studio.folders.boards))
        case "flow":
            space.settings.set_flow(name)
        case "io":
            space.settings.set_io(name)
        case "clock":
            space.settings.set_clock(float(name))
        case "theme":
            space.studio.prefer(replace(space.studio.preferences, theme=name))
        case "open":
            space.studio.open_path(Path(name))


def _now(chosen: bool, detail: str) -> str:
    return " · ".join(text for text in ("in use" if chosen else "", detail) if text)
