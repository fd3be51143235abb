"""The canvas with its header: the design's name, the overlay, and how the network is laid out."""

from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from app.commands import Commands
from app.presenters.canvas import OVERLAYS
from widgets.canvas.view import CanvasView
from widgets.controls import PanelHeader, Segment, SegmentedControl

_BUTTONS = ("view.converter", "view.rows", "view.fold", "view.home")


class CanvasPanel(QWidget):
    """Header of 32 above the canvas."""

    def __init__(self, canvas: CanvasView, commands: Commands) -> None:
        super().__init__()
        self.header = PanelHeader("")
        self.overlay = SegmentedControl([Segment(name, _label(name)) for name in OVERLAYS], "Heat overlay")
        self.overlay.selected.connect(lambda name: commands.run(f"view.overlay.{name}"))
        self.header.add_trailing(self.overlay)
        for command_id in _BUTTONS:
            button = QToolButton()
            button.setProperty("compact", "true")
            button.setDefaultAction(commands.action(command_id))
            self.header.add_trailing(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(canvas, 1)
        self.setFocusProxy(canvas)


def _label(name: str) -> str:
    return "BRAM" if name == "BRAM18" else name
