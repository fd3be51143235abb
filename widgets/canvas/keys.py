"""What the keyboard does on the canvas."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from widgets.canvas.walk import ARROWS, Arrow


class KeyHost(Protocol):
    """What keys do to the view."""

    def walk(self, arrow: Arrow, extend: bool) -> None:
        """Focus the node that an arrow leads to."""

    def walk_edges(self, arrow: Arrow) -> None:
        """Select the wire that an arrow leads to."""

    def fit_selection(self) -> None:
        """Show the selected nodes."""

    def fit_all(self) -> None:
        """Show everything."""

    def zoom_step(self, direction: int) -> None:
        """Zoom in or out."""

    def zoom_to(self, zoom: float) -> None:
        """Set the zoom."""

    def ask_fold(self) -> None:
        """Fold or unfold the block of the focused node."""

    def ask_delete(self) -> None:
        """Delete what is selected, layers or a wire."""

    def start_connecting(self) -> None:
        """Draw a wire from the selected layer by keyboard."""

    def ask_add_here(self) -> None:
        """Offer layers at the pointer, or for the selected wire."""

    def ask_open(self) -> None:
        """Open the focused node."""

    def select_all(self) -> None:
        """Select every node."""

    def escape(self) -> None:
        """Cancel the gesture, else clear what is marked."""


def press(host: KeyHost, event: QKeyEvent) -> bool:
    """Do what a key asks for; returns whether it meant anything."""
    key = event.key()
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    if key in ARROWS and not held & ~shift:
        host.walk(ARROWS[key], bool(held & shift))
        return True
    if key in ARROWS and held == Qt.KeyboardModifier.AltModifier:
        host.walk_edges(ARROWS[key])
        return True
    if key == Qt.Key.Key_A and held == control:
        host.select_all()
        return True
    action = _actions(host).get(key)
    if action is None or held & ~shift:
        return False
    action()
    return True


def _actions(host: KeyHost) -> dict[int, Callable[[], None]]:
    return {
        Qt.Key.Key_F: host.fit_selection,
        Qt.Key.Key_Home: host.fit_all,
        Qt.Key.Key_Plus: lambda: host.zoom_step(1),
        Qt.Key.Key_Equal: lambda: host.zoom_step(1),
        Qt.Key.Key_Minus: lambda: host.zoom_step(-1),
        Qt.Key.Key_0: lambda: host.zoom_to(1.0),
        Qt.Key.Key_G: host.ask_fold,
        Qt.Key.Key_Delete: host.ask_delete,
        Qt.Key.Key_Backspace: host.ask_delete,
        Qt.Key.Key_A: host.ask_add_here,
        Qt.Key.Key_Insert: host.ask_add_here,
        Qt.Key.Key_C: host.start_connecting,
        Qt.Key.Key_Return: host.ask_open,
        Qt.Key.Key_Enter: host.ask_open,
        Qt.Key.Key_Escape: host.escape,
    }
