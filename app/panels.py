"""The widgets of a window's panels."""

from PySide6.QtWidgets import QWidget

from app.canvas_panel import CanvasPanel
from app.commands import Commands
from app.dialogs.history_panel import HistoryPanel
from app.workspace import Workspace
from widgets.budget import BudgetBars, EditsStrip, WhereItGoes
from widgets.inspector import Inspector
from widgets.panels import FindingsPanel, JobsPanel, LayerPalette, LogView, Outline


class Panels:
    """Made once for a window; `wiring` connects them."""

    def __init__(self, space: Workspace, commands: Commands) -> None:
        self.centre: QWidget = CanvasPanel(space.window.canvas, commands)
        self.layers = LayerPalette()
        self.outline = Outline()
        self.inspector = Inspector()
        self.budget = BudgetBars()
        self.where = WhereItGoes()
        self.edits = EditsStrip()
        self.jobs = JobsPanel()
        self.findings = FindingsPanel()
        self.log = LogView()
        self.history = HistoryPanel(space.document.undo_stack)
