"""FIFOs of a streamed design: how deep they are, how full a simulated run made them."""

from widgets.fifos.table import FifoTable
from widgets.fifos.view import FifoRow, FifosView

__all__ = ["FifoRow", "FifoTable", "FifosView"]
