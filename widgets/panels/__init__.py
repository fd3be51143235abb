"""The panels around the canvas: outline, layer palette, findings, jobs, log."""

from widgets.panels.findings_panel import FindingsPanel
from widgets.panels.jobs_panel import JobRow, JobsPanel
from widgets.panels.layer_palette import MIME, LayerPalette
from widgets.panels.log_view import LogView
from widgets.panels.outline import Outline, OutlineRow

__all__ = ["MIME", "FindingsPanel", "JobRow", "JobsPanel", "LayerPalette", "LogView", "Outline", "OutlineRow"]
