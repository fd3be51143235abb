"""Labels, chips, headers and fields: what they say, what they do, that they follow the theme and clip nothing."""

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QTableWidget, QVBoxLayout, QWidget

from engine.estimate import Tier
from widgets import theme
from widgets.controls import (
    CaptionCombo,
    Chip,
    DenseTable,
    ElidedLabel,
    EmptyState,
    IconLabel,
    IntField,
    KeyHint,
    Notice,
    PanelHeader,
    ProgressRing,
    RealField,
    SearchField,
    Section,
    SectionHeader,
    Segment,
    SegmentedControl,
    TierChip,
    draw_hatch,
    draw_mark,
    draw_over_limit,
    draw_tier_dots,
)
from widgets.controls.key_hint import key_names

MAKERS = {
    "tier": lambda: TierChip(Tier.PLACED_AND_ROUTED, 2),
    "chip": lambda: Chip("1 running"),
    "keys": lambda: KeyHint("Ctrl+Shift+R"),
    "icon label": lambda: IconLabel("over", "1 over limit", "danger"),
    "section": lambda: SectionHeader("Precision", "set on this layer"),
    "segments": lambda: SegmentedControl([Segment("a", "Weights"), Segment("b", "Result")], "Precision of"),
    "caption combo": lambda: _combo(),
    "search": lambda: SearchField("Filter layers", "A"),
    "panel header": lambda: _header(),
    "ring": lambda: ProgressRing(),
    "number": lambda: IntField(0, 9216),
}


def _combo():
    combo = CaptionCombo("Board", "chip")
    combo.addItems(["PYNQ-Z2"])
    return combo


def _header():
    header = PanelHeader("Jobs", "all of them")
    header.set_count("1 running")
    return header


def _painted(size, draw):
    pixmap = QPixmap(size, size)
    pixmap.fill(QColor("white"))
    painter = QPainter(pixmap)
    draw(painter)
    painter.end()
    return pixmap.toImage()


def _share_inked(image):
    side = image.width()
    inked = sum(image.pixelColor(x, y).lightness() < 128 for x in range(side) for y in range(side))
    return inked / side**2


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("name", MAKERS)
def test_text_fits_at_every_scale(qtbot, qapp, light, name, scale):
    theme.apply(qapp, theme.Scheme.LIGHT, text_scale=scale)
    control = MAKERS[name]()
    qtbot.addWidget(control)
    control.show()
    control.resize(control.sizeHint())
    assert _margin(control.grab().toImage()) >= 1, "text touches the edge"


def _margin(image):
    """Free rows above the first and below the last row of text; frames are lighter, and left out at the sides."""
    left, right = 8, image.width() - 8
    rows = [y for y in range(image.height()) if any(_is_text(image, x, y) for x in range(left, right))]
    return min(rows[0], image.height() - 1 - rows[-1]) if rows else 1


def _is_text(image, x, y):
    return image.pixelColor(x, y).lightness() < 90


@pytest.mark.parametrize("name", MAKERS)
def test_controls_grow_with_the_text_while_open(qtbot, qapp, light, name):
    control = MAKERS[name]()
    qtbot.addWidget(control)
    control.show()
    before = control.sizeHint()
    theme.apply(qapp, theme.Scheme.LIGHT, text_scale=2.0)
    assert control.sizeHint().height() > before.height()
    fresh = MAKERS[name]()
    qtbot.addWidget(fresh)
    fresh.ensurePolished()
    assert abs(control.sizeHint().height() - fresh.sizeHint().height()) <= 1


@pytest.mark.parametrize("name", MAKERS)
def test_controls_repaint_in_a_new_theme(qtbot, qapp, light, name):
    holder = QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(MAKERS[name]())
    holder.show()
    before = holder.grab().toImage()
    theme.apply(qapp, theme.Scheme.DARK)
    after = holder.grab().toImage()
    bright = [image for image in (before, after) if _average(image) > 128]
    assert bright == [before]


def _average(image):
    points = [(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)]
    return sum(image.pixelColor(x, y).lightness() for x, y in points) / len(points)


def test_a_tier_chip_says_rank_and_age(qtbot, light):
    chip = TierChip(Tier.C_SYNTHESIS)
    qtbot.addWidget(chip)
    assert (chip.text(), chip.is_stale) == ("C synthesis", False)
    assert chip.accessibleName() == "C synthesis, tier 3 of 6"
    chip.set_tier(Tier.C_SYNTHESIS, edits_old=1)
    assert (chip.text(), chip.is_stale) == ("C synthesis, 1 edit old", True)
    chip.set_tier(Tier.C_SYNTHESIS, edits_old=2)
    assert chip.text() == "C synthesis, 2 edits old"


def test_each_tier_fills_one_more_dot(qapp, light):
    shares = [
        _share_inked(_painted(30, lambda painter, rank=rank: draw_tier_dots(painter, 1, 15, rank, QColor("black"))))
        for rank in range(1, 7)
    ]
    assert shares == sorted(set(shares))


@pytest.mark.parametrize("mark", ["square", "circle", "triangle", "diamond", "pentagon", "cross"])
def test_marks_have_shapes_of_their_own(qapp, light, mark):
    def paint(shape):
        return _painted(40, lambda painter: draw_mark(painter, QRectF(10, 10, 20, 20), shape, QColor("black")))

    others = {"square", "circle", "triangle", "diamond", "pentagon", "cross"} - {mark}
    assert 0.05 < _share_inked(paint(mark)) < 0.3
    assert all(paint(mark) != paint(other) for other in others)


def test_an_unknown_mark_is_named(qapp):
    with pytest.raises(KeyError, match="heart"):
        _painted(10, lambda painter: draw_mark(painter, QRectF(0, 0, 9, 9), "heart", QColor("black")))


def test_hatching_stays_inside_and_meets_its_neighbour(qapp):
    black = QColor("black")
    whole = _painted(40, lambda painter: draw_hatch(painter, QRectF(0, 0, 40, 40), black))

    def halves(painter):
        draw_hatch(painter, QRectF(0, 0, 20, 40), black)
        draw_hatch(painter, QRectF(20, 0, 20, 40), black)

    assert _differ_by(_painted(40, halves), whole) <= 5
    small = _painted(40, lambda painter: draw_hatch(painter, QRectF(10, 10, 10, 10), black))
    assert _share_inked(small) > 0
    assert all(small.pixelColor(x, 5) == QColor("white") for x in range(40))


def _differ_by(first, second):
    side = first.width()
    points = [(x, y) for x in range(side) for y in range(side)]
    return max(abs(first.pixelColor(x, y).lightness() - second.pixelColor(x, y).lightness()) for x, y in points)


def test_over_the_limit_is_hatched_in_danger(qapp, light):
    image = _painted(30, lambda painter: draw_over_limit(painter, QRectF(0, 0, 30, 30)))
    colours = {image.pixelColor(x, 15).name() for x in range(30)}
    assert light.color("danger").name() in colours
    assert len(colours) > 2


@pytest.mark.parametrize(
    ("shortcut", "keys"),
    [("R", ["R"]), ("Ctrl+Shift+R", ["Ctrl", "Shift", "R"]), ("Ctrl++", ["Ctrl", "+"]), ("+", ["+"])],
)
def test_shortcuts_split_into_keys(shortcut, keys):
    assert key_names(shortcut) == keys


def test_a_long_name_gives_way_in_its_middle(qtbot, light):
    label = ElidedLabel("stage5_a_rather_long_name_of_a_layer")
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    assert label.is_elided
    assert label.shown_text.startswith("stage")
    assert label.shown_text.endswith("layer")
    assert label.text() == "stage5_a_rather_long_name_of_a_layer"
    label.resize(label.sizeHint())
    assert not label.is_elided


def test_a_section_folds_by_mouse_and_keyboard(qtbot, light):
    section = Section("Precision", "set on this layer")
    inside = QLabel("inside")
    section.body.addWidget(inside)
    qtbot.addWidget(section)
    section.show()
    qtbot.mouseClick(section.header, Qt.MouseButton.LeftButton)
    assert not inside.isVisible()
    assert section.header.accessibleDescription() == "folded"
    qtbot.keyClick(section.header, Qt.Key.Key_Space)
    assert inside.isVisible()
    section.set_folded(True)
    assert section.header.folded
    assert section.header.accessibleName() == "Precision, set on this layer"
    assert section.header.height() >= light.size("hitTargetMin")


def test_a_header_is_a_button_to_a_screen_reader(qtbot, light):
    header = SectionHeader("Precision", "set on this layer")
    qtbot.addWidget(header)
    spoken = QAccessible.queryAccessibleInterface(header)
    assert spoken.role() == QAccessible.Role.Button
    assert spoken.text(QAccessible.Text.Name) == "Precision, set on this layer"


def test_a_panel_header_shows_count_detail_and_named_buttons(qtbot, light):
    header = PanelHeader("Jobs")
    qtbot.addWidget(header)
    header.set_count("1 running")
    header.set_detail("since 14:32")
    button = header.add_button("more", "More for jobs")
    header.show()
    chip = header.findChild(Chip)
    assert chip.isVisible()
    assert chip.text() == "1 running"
    assert button.accessibleName() == "More for jobs"
    assert min(button.width(), button.height()) >= light.size("hitTargetMin")
    header.set_count("")
    assert not chip.isVisible()


def test_an_empty_state_offers_the_next_step(qtbot, light):
    state = EmptyState("bars", "No numbers yet", "Numbers start with the first layer.", "Add the first layer")
    qtbot.addWidget(state)
    state.show()
    with qtbot.waitSignal(state.activated):
        qtbot.keyClick(state.button, Qt.Key.Key_Space)
    assert state.accessibleName() == "No numbers yet"
    bare = EmptyState("bars", "No findings")
    qtbot.addWidget(bare)
    bare.show()
    assert not bare.button.isVisible()


def test_a_notice_leads_on(qtbot, light):
    notice = Notice("DSP is 38 over the board.", "danger", "What to change first")
    qtbot.addWidget(notice)
    notice.show()
    with qtbot.waitSignal(notice.activated):
        qtbot.mouseClick(notice.button, Qt.MouseButton.LeftButton)


def test_search_clears_by_escape_and_by_button(qtbot, light):
    field = SearchField("Filter layers", "A")
    qtbot.addWidget(field)
    field.show()
    hint = field.findChild(KeyHint)
    assert hint.isVisible()
    qtbot.keyClicks(field, "conv")
    assert not hint.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    qtbot.keyClicks(field, "pool")
    clear = next(child for child in field.children() if getattr(child, "accessibleName", str)() == "Clear")
    assert min(clear.width(), clear.height()) >= light.size("hitTargetMin")
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert field.text() == ""


def test_what_is_typed_never_runs_under_the_icon_or_the_hint(qtbot, light):
    field = SearchField("Filter layers", "Ctrl+K")
    qtbot.addWidget(field)
    field.resize(200, 28)
    field.show()
    assert field.textMargins().left() >= light.size("icon")
    assert field.textMargins().right() >= field.findChild(KeyHint).width()


def test_a_caption_may_go_but_the_name_stays(qtbot, light):
    combo = _combo()
    qtbot.addWidget(combo)
    wide = combo.sizeHint().width()
    combo.show_caption(False)
    assert combo.sizeHint().width() < wide
    assert combo.accessibleName() == "Board"
    assert combo.toolTip() == "Board"


def test_number_fields_group_figures_and_carry_units(qtbot, light):
    whole, real = IntField(0, 10_000, "cycles"), RealField(0, 100, "ns")
    qtbot.addWidget(whole)
    qtbot.addWidget(real)
    whole.setValue(4836)
    assert whole.text() == "4,836 cycles"
    assert real.text() == "0.00 ns"


def test_table_rows_follow_the_text_scale(qtbot, qapp, light):
    table = QTableWidget(2, 2)
    qtbot.addWidget(table)
    DenseTable(table)
    table.show()
    assert table.rowHeight(0) == 24
    theme.apply(qapp, theme.Scheme.LIGHT, text_scale=2.0)
    assert table.rowHeight(0) == 48


def test_a_ring_is_a_progress_bar_in_an_icons_square(qtbot, light):
    ring = ProgressRing()
    qtbot.addWidget(ring)
    ring.setValue(50)
    ring.show()
    assert ring.sizeHint() == QSize(16, 16)
    assert QAccessible.queryAccessibleInterface(ring).role() == QAccessible.Role.ProgressBar
    half = _share_of(ring, light.color("accent"))
    ring.setValue(100)
    assert _share_of(ring, light.color("accent")) > 1.5 * half


def _share_of(widget, colour):
    image = widget.grab().toImage()
    return sum(image.pixelColor(x, y) == colour for x in range(image.width()) for y in range(image.height()))
