"""The widgets of a window's panels."""

from app.canvas_panel import CanvasPanel
from app.commands import Commands
from app.dialogs.history_panel import HistoryPanel
from app.document import Document
from widgets import theme
from widgets.budget import BudgetBars, BudgetHeader, EditsStrip, WhereItGoes
from widgets.canvas.view import CanvasView
from widgets.controls import PanelHeader
from widgets.inspector import Inspector
from widgets.panels import FindingsPanel, JobsPanel, LayerPalette, LogView, Outline
from widgets.traces import LayerTraces


class Panels:
    """Made once for a window; `wiring` connects them."""

    def __init__(self, canvas: CanvasView, document: Document, commands: Commands) -> None:
        self.centre = CanvasPanel(canvas, commands)
        self.layers = LayerPalette()
        self.outline = Outline()
        self.inspector = Inspector()
        self.inspector.setMinimumWidth(theme.current().size("inspectorSmall"))
        self.budget = BudgetBars()
        self.budget_header = BudgetHeader()
        self.where = WhereItGoes()
        self.where_header = PanelHeader("Where it goes", "share of the board, by layer")
        self.edits = EditsStrip()
        self.edits_header = PanelHeader("Edits of this sitting")
        self.jobs = JobsPanel()
        self.findings = FindingsPanel()
        self.log = LogView()
        self.traces = LayerTraces()
        self.history = HistoryPanel(document.undo_stack)
