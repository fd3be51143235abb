"""The wires between a window's widgets and its workspace: who is told what, and who asks for what."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.wiring_inspector import wire_inspector
from app.presenters.budget import budget_view, first_fix
from app.presenters.jobs import job_row
from app.presenters.outline import outline_rows
from engine.advice import Fix

if TYPE_CHECKING:
    from app.main_window import MainWindow


def wire(window: MainWindow) -> None:
    """Connect everything and show the document for the first time."""
    _wire_canvas(window)
    _wire_panels(window)
    _wire_numbers(window)
    wire_inspector(window)
    _show_design(window)
