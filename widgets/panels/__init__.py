"""The panels around the canvas: outline, layer palette, findings."""

from widgets.panels.findings_panel import FindingsPanel
from widgets.panels.layer_palette import MIME, LayerPalette
from widgets.panels.outline import Outline, OutlineRow

__all__ = ["MIME", "FindingsPanel", "LayerPalette", "Outline", "OutlineRow"]
