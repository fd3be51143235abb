"""The canvas with its header: the design's name, the overlay, and how the network is laid out."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from app.commands import Commands
from app.presenters.canvas import OVERLAYS
from widgets import theme
from widgets.canvas.view import CanvasView
from widgets.controls import CaptionCombo, PanelHeader, Segment, SegmentedControl

_BUTTONS = ("view.converter", "view.rows", "view.fold", "view.home")
_BUTTON, _TITLE = 34, 140
"""Room in the header for a button, and for the design's name, in px at 100 % text scale."""


class CanvasPanel(QWidget):
    """Header of 32 above the canvas."""

    def __init__(self, canvas: CanvasView, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self.header = PanelHeader("")
        self.overlay = SegmentedControl([Segment(name, _label(name)) for name in OVERLAYS], "Heat overlay")
        self.overlay.selected.connect(lambda name: commands.run(f"view.overlay.{name}"))
        self.overlays = _combo()
        self.overlays.activated.connect(lambda row: commands.run(f"view.overlay.{OVERLAYS[row]}"))
        self.header.add_trailing(self.overlay)
        self.header.add_trailing(self.overlays)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(canvas, 1)
        self.setFocusProxy(canvas)
        self._fit_overlay()

    def add_buttons(self) -> None:
        """Put buttons into the header, once their commands are declared."""
        for command_id in _BUTTONS:
            button = QToolButton()
            button.setProperty("compact", "true")
            button.setDefaultAction(self._commands.action(command_id))
            self.header.add_trailing(button)

    def show_overlay(self, name: str) -> None:
        """Show by what the nodes are coloured."""
        if self.overlay.value != name:
            self.overlay.set_value(name)
            self.overlays.setCurrentIndex(OVERLAYS.index(name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where segments would be cut, a combo box takes their place."""
        super().resizeEvent(event)
        self._fit_overlay()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the text scale changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_overlay()

    def _fit_overlay(self) -> None:
        current = theme.current()
        beside = (len(_BUTTONS) * _BUTTON + _TITLE) * current.text_scale
        narrow = self.width() < self.overlay.sizeHint().width() + beside
        self.overlay.setVisible(not narrow)
        self.overlays.setVisible(narrow)


def _combo() -> CaptionCombo:
    combo = CaptionCombo("Heat overlay")
    combo.show_caption(False)
    combo.addItems([_label(name) for name in OVERLAYS])
    return combo


def _label(name: str) -> str:
    return "BRAM" if name == "BRAM18" else name
