"""BudgetHeader: title, legend of the marks on the bars, and where the numbers come from."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.estimate import Tier
from widgets.budget.barpaint import draw_interval, draw_tick
from widgets.budget.ink import DENSE, begin, ink
from widgets.budget.view import BudgetView
from widgets.controls import PanelHeader, TierChip
from widgets.controls.painted_label import PaintedLabel

_BEFORE, _INTERVAL = "before this edit", "90 % interval"
_MARK, _GAP = 18, 16


class BudgetLegend(PaintedLabel):
    """What tick and whisker mean; words go where there is no room for them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(f"Tick: {_BEFORE}. Whisker: {_INTERVAL}.", parent)
        self.setToolTip(self.text())

    def sizeHint(self) -> QSize:
        """Both marks with their words."""
        now = ink()
        words = now.width(_BEFORE, DENSE) + now.width(_INTERVAL, DENSE)
        return QSize(round(words + now.px(2 * _MARK + 2 * _GAP)), now.theme.size("row"))

    def minimumSizeHint(self) -> QSize:
        """Nothing: the tool tip has it."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw marks and words."""
        if self.width() < self.sizeHint().width():
            return
        pen = begin(QPainter(self))
        now, middle = pen.ink, round(self.height() / 2)
        draw_tick(pen, round(now.px(_MARK) / 2) - 1, middle - now.px(6), middle + now.px(6))
        left = now.px(_MARK)
        pen.write(_BEFORE, left, middle, DENSE, "text.secondary")
        left += round(now.width(_BEFORE, DENSE)) + now.px(_GAP)
        draw_interval(pen, left + 0.5, left + now.px(_MARK) - 2.5, middle)
        pen.write(_INTERVAL, left + now.px(_MARK + 6), middle, DENSE, "text.secondary")
        pen.painter.end()


class BudgetHeader(PanelHeader):
    """The budget's title bar; `set_view` keeps its tier chip in step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Budget", parent=parent)
        self.legend = BudgetLegend(self)
        row = self.layout()
        assert isinstance(row, QHBoxLayout)
        row.insertWidget(1, self.legend)
        self.tier = TierChip(Tier.ESTIMATE, parent=self)
        self.add_trailing(self.tier)

    def set_view(self, view: BudgetView) -> None:
        """Follow what the bars show."""
        wanted = (view.tier, view.edits_old, view.source)
        if wanted != getattr(self, "_shown", None):
            self._shown = wanted
            self.tier.set_tier(*wanted)
        for part in (self.legend, self.tier):
            part.setVisible(not view.refusal)
