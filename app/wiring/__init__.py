"""The wires between a window's widgets and its workspace: who is told what, and who asks for what."""

from app.main_window import MainWindow
from app.wiring.canvas import wire_canvas
from app.wiring.inspector import wire_inspector
from app.wiring.jobs import wire_jobs
from app.wiring.lists import wire_lists
from app.wiring.numbers import wire_numbers
from app.wiring.target import wire_target
from app.wiring.traces import wire_traces
from app.wiring.window import wire_window


def wire(window: MainWindow) -> None:
    """Connect everything and show the document for the first time."""
    wire_target(window)
    wire_numbers(window)
    wire_lists(window)
    wire_canvas(window)
    wire_inspector(window)
    wire_jobs(window)
    wire_traces(window)
    wire_window(window)
