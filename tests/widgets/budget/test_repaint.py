"""Views that paint only what has changed show what a full painting shows."""

from dataclasses import replace

import pytest

from tests.painted import assert_whole
from tests.widgets.budget.designs import budget, estimate, row, view
from widgets import theme
from widgets.budget import BudgetBars, WhereItGoes, where_view

OF_ROWS = view().rows
MORE_LUT = replace(view(), rows=(row("LUT", 41_000, 53_200, 37_450, 39_000, 48_000), *OF_ROWS[1:]))
NO_GHOST = replace(view(), rows=(*OF_ROWS[:2], row("DSP", 194, 220), *OF_ROWS[3:]))
WIDE_NUMBER = replace(view(), rows=(row("LUT", 123_456_789, 53_200), *OF_ROWS[1:]))
SLOWER = replace(view(), tiles=(replace(view().tiles[0], ghost=40.0), *view().tiles[1:]))
OLD = replace(view(), edits_old=2)
SAFER = replace(view(), safe_share=0.6)


@pytest.mark.parametrize("size", [(612, 340), (1019, 172), (1320, 66)], ids=["full", "side", "strip"])
def test_the_budget_on_the_screen_is_the_whole_budget(qtbot, dressed, size):
    bars = BudgetBars()
    qtbot.addWidget(bars)
    bars.resize(*size)
    bars.set_view(view())
    bars.show()
    qtbot.waitExposed(bars)
    for each in (MORE_LUT, NO_GHOST, SLOWER, WIDE_NUMBER, view(), OLD, SAFER, budget(estimate())):
        bars.set_view(each)
        assert_whole(bars)
    bars.resize(700, 400)
    assert_whole(bars)


def test_where_it_goes_on_the_screen_is_the_whole_of_it(qtbot, dressed):
    where = WhereItGoes()
    qtbot.addWidget(where)
    where.resize(484, 131)
    where.set_view(where_view(estimate(), 0.8))
    where.show()
    qtbot.waitExposed(where)
    where.set_selected(frozenset({"block2_conv2"}))
    where.set_hovered("stem")
    for each in (estimate((16, 64, 100, 0)), estimate((90, 90, 90, 90)), estimate((16, 64, 128, 0), lut=(9, 9, 9, 9))):
        where.set_view(where_view(each, 0.8))
        assert_whole(where)
    where.set_view(where_view(estimate(), 0.7))
    theme.apply(dressed, theme.Scheme.DARK)
    assert_whole(where)
