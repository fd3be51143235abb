"""The budget under mouse, keyboard and every size."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from engine.estimate import Quantity, Tier
from tests.widgets.budget.designs import row, view
from widgets import theme
from widgets.budget import BudgetBars, BudgetHeader, Form
from widgets.budget.columns import ColumnRule
from widgets.budget.ink import DENSE, NUMBER, STRONG, ink
from widgets.budget.spot import Spot
from widgets.budget.words import change_text, share_text, used_text


@pytest.fixture
def bars(qtbot, dressed):
    bars = BudgetBars()
    qtbot.addWidget(bars)
    bars.resize(612, 316)
    bars.set_view(view())
    bars.show()
    qtbot.waitExposed(bars)
    return bars


def middle(bars, name, x):
    """A place in a resource's row, in the coordinates of the whole budget."""
    rect = bars.rows.row_rect(name)
    return bars.rows.mapTo(bars, QPoint(x, round(rect.center().y())))


def spot(bars, key, part=None):
    return (part or bars.rows).findChild(Spot, f"spot.{key}")


def colour_at(bars, place):
    return bars.grab().toImage().pixelColor(place).name()


def token(name):
    return theme.current().color(name).name()


def test_a_bar_is_coloured_to_its_value_and_hatched_past_the_limit(bars):
    axis = ColumnRule().lay(bars.view.shown_rows, bars.rows.width(), ink()).axis
    image = bars.grab().toImage()
    y = middle(bars, "DSP", 0).y() - 4
    colours = {x: image.pixelColor(x, y).name() for x in range(int(axis.left), int(axis.right))}
    assert colours[int(axis.left) + 20] == token("resource.DSP")
    past = {colours[x] for x in range(int(axis.at(1.02)), int(axis.at(1.15)))}
    assert token("danger.soft") in past or token("danger") in past
    assert token("resource.DSP") not in past
    assert colours[int(axis.at(1.25))] == token("bg.sunken")


def test_a_value_beyond_the_axis_ends_in_an_arrow_and_keeps_its_percent(bars):
    rows = (row("LUT", 140_000, 53_200),)
    bars.set_view(replace(view(), rows=rows))
    axis = ColumnRule().lay(rows, bars.rows.width(), ink()).axis
    assert colour_at(bars, middle(bars, "LUT", int(axis.right) + 2)) == token("danger")
    assert share_text(rows[0]) == "263 %"


def test_the_ghost_stands_where_the_value_was(bars):
    rule = ColumnRule()
    rows = bars.view.shown_rows
    x = int(rule.lay(rows, bars.rows.width(), ink()).axis.at(194 / 220))
    tip = middle(bars, "DSP", x) - QPoint(1, 9)
    assert colour_at(bars, tip) == token("text.primary")
    same = tuple(replace(each, ghost=each.quantity.value) for each in rows)
    bars.set_view(replace(view(), rows=same))
    assert colour_at(bars, tip) == token("bg.panel") or colour_at(bars, tip) != token("text.primary")


def test_numbers_that_change_move_nothing(bars):
    rule, rows = ColumnRule(), bars.view.shown_rows
    before = rule.lay(rows, 612, ink())
    for used in (0, 7, 99, 219, 2_100, 3):
        changed = tuple(replace(each, quantity=Quantity(used, used, used)) for each in rows)
        assert rule.lay(changed, 612, ink()).axis.left == before.axis.left
        assert rule.lay(changed, 612, ink()) == before


def test_a_number_too_wide_for_its_column_widens_it_for_good():
    rule, rows = ColumnRule(), (row("DSP", 10, 220),)
    narrow = rule.lay(rows, 612, ink())
    wide = rule.lay((row("DSP", 12_345_678, 220),), 612, ink())
    assert wide.axis.width < narrow.axis.width
    assert rule.lay(rows, 612, ink()) == wide


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("width", [612, 480, 360])
def test_columns_never_overlap(dressed, scale, width):
    theme.apply(dressed, theme.Scheme.LIGHT, scale)
    rows = tuple(each for each in view().rows if each.shown)
    columns = ColumnRule().lay(rows, width, ink())
    if width < ColumnRule().least_width(rows, ink()):
        return
    ends = [columns.axis.right]
    for shown, right, texts, kind in (
        (columns.used_shown, columns.used_right, map(used_text, rows), NUMBER),
        (True, columns.share_right, map(share_text, rows), STRONG),
        (columns.change_shown, columns.change_right, map(change_text, rows), DENSE),
    ):
        if shown:
            assert right - max(ink().width(text, kind) for text in texts) >= ends[-1]
            ends.append(right)
    assert ends[-1] <= width


def test_the_form_follows_the_size(bars, qtbot):
    for size, form in (((612, 316), Form.FULL), ((1019, 172), Form.SIDE), ((1320, 66), Form.STRIP)):
        bars.resize(*size)
        assert bars.form is form
        assert bars.strip.isVisible() == (form is Form.STRIP)
        assert bars.tiles.isVisible() == (form is not Form.STRIP)


def test_large_text_keeps_the_bars(bars, dressed):
    theme.apply(dressed, theme.Scheme.LIGHT, 2.0)
    QApplication.processEvents()
    assert bars.form is Form.ROWS
    assert bars.rows.isVisible()
    assert bars.tiles.isVisible()
    assert bars.rect().contains(bars.tiles.geometry())


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(612, 316), (1019, 172), (1366, 400), (700, 90)])
def test_parts_stay_inside_and_apart(bars, dressed, size, scale):
    theme.apply(dressed, theme.Scheme.LIGHT, scale)
    bars.resize(*size)
    bars.resize(bars.size().expandedTo(bars.minimumSizeHint()))
    parts = [each for each in (bars.rows, bars.tiles, bars.verdict, bars.strip) if each.isVisible()]
    for part in parts:
        assert bars.rect().contains(part.geometry())
    for first in parts:
        for second in parts:
            assert first is second or not first.geometry().intersects(second.geometry())


def test_pointing_at_a_name_or_number_asks_why_once(bars, qtbot):
    asked = []
    bars.why_requested.connect(asked.append)
    target = spot(bars, "DSP")
    for x in (40, 44, 200, 500, 504):
        qtbot.mouseMove(target, QPoint(x, 10))
        QApplication.processEvents()
    assert asked == ["DSP", "DSP"]


def test_a_click_on_a_row_or_tile_wants_it_explained(bars, qtbot):
    wanted = []
    bars.explain_requested.connect(wanted.append)
    for place in (middle(bars, "BRAM18", 60), bars.tiles.mapTo(bars, QPoint(20, 30))):
        target = bars.childAt(place)
        qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(bars, place))
    assert wanted == ["BRAM18", "latency"]


def test_the_keyboard_walks_rows_and_asks(bars, qtbot):
    first = spot(bars, "LUT")
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(first, Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert QApplication.focusWidget() is spot(bars, "DSP")
    with qtbot.waitSignal(bars.explain_requested) as wanted:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert wanted.args == ["DSP"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    assert QApplication.focusWidget() is spot(bars, "BRAM18")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert QApplication.focusWidget() is spot(bars, "BRAM18")


def test_one_stop_for_tab_in_each_part(bars, qtbot):
    stops = [
        each
        for each in bars.findChildren(Spot)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    ]
    assert [each.key for each in stops if each.isVisible()] == ["LUT", "latency"]


def test_rows_are_named_for_screen_readers(bars):
    assert spot(bars, "DSP").accessibleName() == "DSP, 258 of 220, over by 38"
    assert spot(bars, "DSP").accessibleDescription() == "Exact. One per multiplier."
    bars.set_view(replace(view(), rows=(row("DSP", 100, 220),)))
    assert spot(bars, "DSP").accessibleName() == "DSP, 100 of 220, 45 %"
    assert spot(bars, "latency", bars.tiles).accessibleName().startswith("Latency, 79.1 µs")


def test_the_tool_tip_gives_interval_and_reason(bars, qtbot):
    target = spot(bars, "LUT")
    event = QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), target.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(target, event)
    assert "90 % interval 35,000 to 48,000" in QToolTip.text()
    assert "One per multiplier." in QToolTip.text()
    QToolTip.hideText()


def test_the_sentence_leads_on(bars, qtbot):
    assert bars.verdict.text.accessibleName() == "DSP is 38 over the board. block2_conv2 uses half of them."
    with qtbot.waitSignal(bars.suggestions_requested):
        qtbot.mouseClick(bars.verdict.link, Qt.MouseButton.LeftButton)
    bars.resize(1019, 172)
    assert bars.verdict.fix.text() == "Set 288"
    assert bars.verdict.text.accessibleName() == "DSP is 38 over the board. block2_conv2: reuse 288 frees 96."
    with qtbot.waitSignal(bars.fix_requested):
        qtbot.mouseClick(bars.verdict.fix, Qt.MouseButton.LeftButton)


def test_the_strip_can_grow(bars, qtbot):
    bars.resize(1320, 66)
    with qtbot.waitSignal(bars.expand_requested):
        qtbot.mouseClick(bars.strip.button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bars.explain_requested) as wanted:
        qtbot.mouseClick(spot(bars, "FF", bars.strip), Qt.MouseButton.LeftButton)
    assert wanted.args == ["FF"]


def test_a_refusal_is_a_sentence_without_bars(bars):
    bars.set_view(replace(view(), refusal="iCEBreaker needs the open flow."))
    assert bars.sentence.text() == "iCEBreaker needs the open flow."
    assert bars.sentence.isVisible()
    assert not any(part.isVisible() for part in (bars.rows, bars.tiles, bars.verdict, bars.strip))
    bars.set_view(view())
    assert bars.rows.isVisible()
    assert not bars.sentence.isVisible()


def test_an_empty_design_shows_the_board_and_what_comes_next(bars):
    rows = tuple(replace(each, quantity=Quantity(0, 0, 0), ghost=None) for each in view().rows)
    bars.set_view(replace(view(), rows=rows, tiles=(), verdict=None, empty=True))
    assert bars.rows.isVisible()
    assert not bars.tiles.isVisible()
    assert bars.sentence.text() == "Numbers start with the first layer."


def test_uram_appears_with_the_first_use(bars):
    assert spot(bars, "URAM") is None
    with_uram = (*view().rows[:4], row("URAM", 3, 96))
    bars.set_view(replace(view(), rows=with_uram))
    assert spot(bars, "URAM").isVisible()
    bars.set_view(view())
    assert not spot(bars, "URAM").isVisible()


def test_an_unknown_limit_has_no_bar(bars):
    bars.set_view(replace(view(), rows=(row("DSP", 5, 220), row("FF", 44_300, None))))
    axis = ColumnRule().lay(bars.view.shown_rows, bars.rows.width(), ink()).axis
    assert colour_at(bars, middle(bars, "FF", int(axis.right) - 4)) == token("bg.panel")
    assert spot(bars, "FF").accessibleName() == "FF, 44,300, no figure for this board"


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_colours_follow_the_theme(bars, dressed, scheme):
    theme.apply(dressed, scheme)
    axis = ColumnRule().lay(bars.view.shown_rows, bars.rows.width(), ink()).axis
    assert colour_at(bars, middle(bars, "DSP", int(axis.left) + 20)) == token("resource.DSP")


def test_stale_numbers_are_quiet_and_the_header_says_how_old(bars, qtbot):
    header = BudgetHeader()
    qtbot.addWidget(header)
    header.set_view(replace(view(), tier=Tier.C_SYNTHESIS, edits_old=2))
    assert header.tier.text() == "C synthesis, 2 edits old"
    before = bars.grab().toImage()
    bars.set_view(replace(view(), edits_old=2))
    after = bars.grab().toImage()
    y, danger = middle(bars, "DSP", 0).y(), token("danger")
    right = range(490, 536)
    assert any(before.pixelColor(x, y + dy).name() == danger for x in right for dy in range(-5, 5))
    assert not any(after.pixelColor(x, y + dy).name() == danger for x in right for dy in range(-5, 5))
