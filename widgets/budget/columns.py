"""Columns of the bars: wide enough for what is shown and never narrower again on the same board."""

from dataclasses import dataclass

from widgets.budget.axis import Axis
from widgets.budget.ink import DENSE, NAME, NUMBER, STRONG, Ink
from widgets.budget.view import AXIS_TOP, BudgetRow
from widgets.budget.words import change_text, share_text, used_text

MARK = 9
_MARK_LEFT = 18
_NAME_LEFT = 34
_PAD = 16
_GAP = 12
_LEAST_BAR = 60


@dataclass(frozen=True, slots=True)
class Columns:
    """Where everything of a row stands, px from the left edge. A column without room has width 0."""

    mark: float
    name: float
    axis: Axis
    used_right: float
    share_right: float
    change_right: float
    used_shown: bool
    change_shown: bool


class ColumnRule:
    """Works out columns; remembers widths so that numbers that grow and shrink move nothing."""

    def __init__(self) -> None:
        self._widths: tuple[float, float, float] = (0, 0, 0)
        self._known: tuple[object, ...] = ()

    def lay(self, rows: tuple[BudgetRow, ...], width: float, ink: Ink) -> Columns:
        """Columns for rows in `width` px: change, then pieces, give way before the bar does."""
        used, share, change = self._grown(rows, ink)
        name = ink.px(_NAME_LEFT)
        left = name + max((ink.width(row.label, NAME) for row in rows), default=0) + ink.px(8)
        gap, right = ink.px(_GAP), width - _PAD
        room = right - left - _LEAST_BAR - share - gap
        used_shown = room >= used + gap
        change_shown = room >= used + change + 2 * gap
        share_right = right - (change + gap if change_shown else 0)
        used_right = share_right - share - gap
        bar_right = used_right - (used + gap if used_shown else 0)
        axis = Axis(round(left), round(max(bar_right - left, 1)), AXIS_TOP)
        return Columns(ink.px(_MARK_LEFT), name, axis, used_right, share_right, right, used_shown, change_shown)

    def least_width(self, rows: tuple[BudgetRow, ...], ink: Ink) -> float:
        """The narrowest that still shows name, bar and percent."""
        _, share, _ = self._grown(rows, ink)
        names = max((ink.width(row.label, NAME) for row in rows), default=0)
        return ink.px(_NAME_LEFT) + names + ink.px(8) + _LEAST_BAR + ink.px(_GAP) + share + _PAD

    def _grown(self, rows: tuple[BudgetRow, ...], ink: Ink) -> tuple[float, float, float]:
        known = (ink, *((row.name, row.limit) for row in rows))
        if known != self._known:
            self._known, self._widths = known, _reserved(rows, ink)
        needed = (
            max((ink.width(used_text(row), NUMBER) for row in rows), default=0),
            max((ink.width(share_text(row), STRONG) for row in rows), default=0),
            max((ink.width(change_text(row), DENSE) for row in rows), default=0),
        )
        self._widths = tuple(map(max, self._widths, needed))  # type: ignore[assignment]
        return self._widths


def _reserved(rows: tuple[BudgetRow, ...], ink: Ink) -> tuple[float, float, float]:
    """Room for a full board, three digits of percent and the change of a tenth of the board."""
    limits = [row.limit or 0 for row in rows] or [0]
    full = max(ink.width(f"{limit:,} / {limit:,}", NUMBER) for limit in limits)
    tenth = max(ink.width(f"+{limit // 10:,}", DENSE) for limit in limits)
    return full, ink.width("100 %", STRONG), tenth
