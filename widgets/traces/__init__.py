"""Layer by layer: how far the hardware is from the float network."""

from widgets.traces.panel import LayerTraces
from widgets.traces.view import NO_TRACES, TraceRow, TracesView

__all__ = ["NO_TRACES", "LayerTraces", "TraceRow", "TracesView"]
