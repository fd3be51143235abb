"""CostTable: what the selection takes of each resource, with the doubt of the number and its share of the design."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.estimate import Quantity
from widgets import theme
from widgets.controls import draw_resource_mark
from widgets.help import tool_tip
from widgets.inspector.drawn import LEFT, RIGHT, Drawn, draw_text, scaled, speak, text_width
from widgets.inspector.model import CostRow, CostView
from widgets.inspector.words import grouped, percent, rounded

_NAME = 18
_MARK = 9
_ROOMY = 300
_MANY = 100_000
"""Numbers of so many digits need the room of the words behind a share."""


class CostTable(QWidget):
    """One row for each resource; rows are kept and repainted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def set_view(self, view: CostView) -> None:
        """Show costs; `edits_old` above 0 greys them."""
        while len(self._rows) < len(view.rows):
            row = _Row()
            self._rows.append(row)
            self._column.addWidget(row)
        wordy = all(cost.quantity.high < _MANY for cost in view.rows)
        for row, cost in zip(self._rows, view.rows, strict=False):
            row.show_cost(cost, view.edits_old > 0, wordy)
        if sum(not row.isHidden() for row in self._rows) != len(view.rows):
            for place, row in enumerate(self._rows):
                row.setVisible(place < len(view.rows))


def brief(view: CostView) -> str:
    """The costs that a closed section shows: `128 DSP · 29 BRAM`."""
    scarce = [row for row in view.rows if row.resource in ("DSP", "BRAM18", "BRAM") and row.quantity.value]
    return " · ".join(f"{grouped(row.quantity.value)} {row.label}" for row in scarce or view.rows[:1])


class _Row(Drawn):
    def __init__(self) -> None:
        super().__init__()
        self._cost: CostRow | None = None
        self._stale, self._wordy = False, True

    def show_cost(self, cost: CostRow, stale: bool, wordy: bool) -> None:
        """Show one resource; only another one needs a new tool tip. `wordy` says what a share is of."""
        if (cost, stale, wordy) == (self._cost, self._stale, self._wordy):
            return
        self._cost, self._stale, self._wordy = cost, stale, wordy
        lines = (tool_tip(cost.resource), cost.quantity.reason, cost.quantity.summands)
        self.setToolTip("<br>".join(line for line in lines if line))
        speak(self, cost.label, f"{grouped(cost.quantity.value)}, {_doubt(cost.quantity)}, {_share(cost, True)}")
        self.update()

    def sizeHint(self) -> QSize:
        """A row; wide enough for its numbers."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Numbers are never cut."""
        now = theme.current()
        width = scaled(_NAME + 40) + text_width("000,000", now.font("dense", 600))
        width += text_width("00,000 – 00,000", now.font("dense")) + text_width("00.0 %", now.font("dense")) + 24
        return QSize(round(width), now.size("row"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark, name, value, doubt and share in columns that do not move."""
        cost = self._cost
        if cost is None:
            return
        now = theme.current()
        painter = QPainter(self)
        height, width = self.height(), self.width()
        side = scaled(_MARK)
        draw_resource_mark(painter, QRectF(1, (height - side) / 2, side, side), cost.resource)
        plain, name, bold = now.font("dense"), now.font("dense", 500), now.font("dense", 600)
        ink = "text.tertiary" if self._stale else "text.primary"
        quiet = "text.tertiary" if self._stale else "text.secondary"
        draw_text(painter, QRectF(scaled(_NAME), 0, width, height), cost.label, name, "text.primary", LEFT)
        roomy = width >= scaled(_ROOMY)
        # The whole network has no share, and larger numbers.
        wordy = roomy and self._wordy
        share_room = 0 if cost.share is None else text_width("100 % of all" if wordy else "00.0 %", plain) + 12
        value_end = scaled(_NAME + 40) + text_width("000,000", bold) + (scaled(18) if roomy else 0)
        draw_text(painter, QRectF(0, 0, value_end, height), grouped(cost.quantity.value), bold, ink, RIGHT)
        middle = QRectF(0, 0, width - share_room, height)
        draw_text(painter, middle, _doubt(cost.quantity), plain, quiet, RIGHT)
        draw_text(painter, QRectF(0, 0, width, height), _share(cost, wordy), plain, quiet, RIGHT)


def _doubt(quantity: Quantity) -> str:
    return "exact" if quantity.exact else f"{rounded(quantity.low)} – {rounded(quantity.high)}"


def _share(cost: CostRow, roomy: bool) -> str:
    if cost.share is None:
        return ""
    return percent(cost.share) + (" of all" if roomy else "")
