"""The report says what the design, its numbers and its runs say, on pages that show all of it."""

from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QTextDocument

from app.exports.html import NO_BREAK_SPACE, inner
from app.exports.pagination import Piece, cut, tables
from app.exports.pdf import Pages, pdf_bytes
from app.exports.report import report_html
from app.exports.report_layers import type_text
from app.exports.verdict import fits, verdict
from app.folders import EXAMPLES
from app.progress import CancelledError
from engine.boards import board
from engine.dataflow import simulation
from engine.design import Design, Requirement, Target
from engine.flows.registry import flow
from engine.network import Layer, Network
from engine.network.kinds import Dense, Input
from engine.opening import open_file
from engine.precision import AUTO, parse

HEADINGS = ["Budget", "Speed", "Network", "Findings", "Layers", "Cost of the layers", "Settings", "Runs"]


def _report(subject, **changes):
    parts = {"pictures": {"Network": QImage.fromData(subject.graph.png())}, "safe_share": 0.8, **changes}
    return report_html(subject.design, subject.estimate, subject.flow, subject.findings, subject.runs, **parts)


def _words(html):
    document = QTextDocument()
    document.setHtml(html)
    return document.toPlainText()


def test_every_section_is_there(subject):
    words = _words(_report(subject, written="Written on a Monday."))
    for heading in [*HEADINGS, "Where numbers come from"]:
        assert heading in words.splitlines()
    assert "small_resnet" in words
    assert "PYNQ-Z2" in words
    assert "Written on a Monday." in words
    assert all(name in words for name in subject.design.network.order)
    assert all(finding.title in words for finding in subject.findings)


def test_a_simulated_run_stands_beside_what_c_synthesis_says(subject):
    assert "simulated" not in _words(_report(subject))
    found = simulation(subject.flow.streams(subject.design))
    words = _words(_report(subject, simulation=found)).splitlines()
    assert {"Latency, simulated", "Interval, simulated", "Rate, simulated"} <= set(words)
    assert f"{found.run.interval:,} cycles" in words
    short = subject.flow.streams(subject.design).with_depths({"clone_stem_relu → add": 2})
    assert "hangs" in _words(_report(subject, simulation=simulation(short))).splitlines()


def test_energy_names_its_latency_its_constant_and_whose_it_is_or_says_why_there_is_none(subject):
    words = _words(_report(subject, simulation=simulation(subject.flow.streams(subject.design))))
    assert "latency of C synthesis × 1.68 W (MLPerf Tiny" in words
    assert "latency of the simulated run × 1.68 W (MLPerf Tiny" in words
    target = replace(subject.design.target, board=board("zcu104"))
    design = replace(subject.design, target=target)
    html = report_html(design, subject.flow.estimate(design, None), subject.flow)
    assert "No energy: what ZCU104 draws while it infers has not been measured." in _words(html)


def test_runs_tell_tool_tier_and_whether_the_design_is_this_one(subject):
    words = _words(_report(subject))
    assert "vitis, Vitis HLS 2023.2" in words
    assert "Synthesise, done, C synthesis" in words
    assert "no, an earlier one" in words.splitlines()
    assert "yes" in words.splitlines()
    assert "LUT 34,910, latency 9,241" in words


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.seen = [], set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_names_are_text_and_never_markup(qapp):
    name = "<script>alert(1)</script>&"
    layers = (Layer("in", Input(shape=(4,))), Layer(name, Dense(units=2), ("in",)))
    design = Design(name, Network(layers), Target(board("pynq-z2"), 10.0))
    vitis = flow("vitis")
    html = report_html(design, vitis.estimate(design, None), vitis)
    parser = _Tags()
    parser.feed(html)
    assert "script" not in parser.seen
    assert parser.open == []
    assert name in _words(html).splitlines()


def test_the_verdict_names_what_is_over(subject):
    assert verdict(subject.design, subject.estimate, 0.8).startswith("It does not fit the PYNQ-Z2: LUT is ")
    assert not fits(subject.design, subject.estimate)


def _small(store, requirement):
    layers = (Layer("in", Input(shape=(4,))), Layer("out", Dense(units=2), ("in",)))
    design = Design("n", Network(layers), Target(board("pynq-z2"), 10.0), requirement=requirement)
    return design, flow("vitis").estimate(design, None)


@pytest.mark.parametrize(
    ("requirement", "end", "good"),
    [
        (Requirement(), " %.", True),
        (Requirement(1000.0, 1.0), "; it is fast enough.", True),
        (Requirement(0.001, None), " where 1 ns is wanted.", False),
        (Requirement(None, 1e12), " where 1e+06 M/s is wanted.", False),
    ],
)
def test_the_verdict_judges_the_requirement(store, requirement, end, good):
    design, estimate = _small(store, requirement)
    sentence = verdict(design, estimate, 0.8)
    assert sentence.startswith("It fits the PYNQ-Z2: ")
    assert sentence.endswith(end)
    assert fits(design, estimate) is good


def test_the_verdict_of_a_flow_without_numbers_says_why(subject):
    design = replace(subject.design, target=Target(board("ulx3s-85f"), 20.0, "vitis"))
    refused = subject.flow.estimate(design, None)
    assert refused.refusal in verdict(design, refused, 0.8)
    html = report_html(design, refused, subject.flow)
    assert "Cost of the layers" not in html
    assert refused.refusal in _words(html)


@pytest.mark.parametrize(
    ("spelling", "short"),
    [
        ("ap_fixed<8,3>", "8,3"),
        ("ap_ufixed<8,0,AP_RND,AP_SAT>", "u8,0 RND SAT"),
        ("ap_fixed<9,3,AP_TRN,AP_SAT>", "9,3 SAT"),
    ],
)
def test_types_are_short(spelling, short):
    assert type_text(parse(spelling)) == short


def test_types_may_be_open():
    assert type_text(AUTO) == "auto"
    assert type_text(None) == ""


def _painted(pages, number):
    image = QImage(pages.size.toSize().grownBy(_margins()), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    pages.paint(painter, number)
    painter.end()
    return image


def _margins():
    from PySide6.QtCore import QMargins

    return QMargins(0, 0, 0, 40)


def _has_ink(image, rect):
    area = image.copy(rect.toAlignedRect())
    return any(area.pixelColor(x, y).lightness() < 200 for x in range(area.width()) for y in range(area.height()))


def _page_of(pages, top, bottom):
    """The page that shows all of a band of the document."""
    return next((n for n, strip in enumerate(pages.strips) if strip.top <= top and bottom <= strip.bottom), None)


def test_pages_show_every_heading_with_what_follows(subject):
    pages = Pages(_report(subject), "a title")
    images = [_painted(pages, number) for number in range(pages.count)]
    layout, height = pages.document.documentLayout(), pages.size.height()
    block, seen = pages.document.begin(), []
    while block.isValid():
        if block.blockFormat().headingLevel() == 2:
            rect = layout.blockBoundingRect(block)
            page = _page_of(pages, rect.top(), layout.blockBoundingRect(block.next()).bottom())
            assert page is not None, f"{block.text()} stands alone at the foot of a page"
            at = QRectF(0, rect.top() - pages.strips[page].top, 60, rect.height())
            assert pages.strips[page].heading is None or at.top() > 0
            down = 0 if (head := pages.strips[page].heading) is None else head[1] - head[0]
            assert _has_ink(images[page], at.translated(0, down)), f"{block.text()} is not drawn"
            seen.append(block.text())
        block = block.next()
    assert seen == [*HEADINGS, "Where numbers come from"]
    for image in images:
        assert _has_ink(image, QRectF(0, height + 10, 60, 16)), "a page without its foot"


def _lines(layout, block):
    """Top and bottom of each line of a block, px from the top of the document."""
    top = layout.blockBoundingRect(block).top()
    lines = [block.layout().lineAt(number) for number in range(block.layout().lineCount())]
    return [(top + line.y(), top + line.y() + line.height()) for line in lines]


def _cut_rows(pages):
    """Rows whose lines stand on more than one page."""
    layout = pages.document.documentLayout()
    for table in tables(pages.document):
        for row in range(table.rows()):
            cells = [table.cellAt(row, column) for column in range(table.columns())]
            blocks = [block for cell in cells for block in _blocks(cell)]
            lines = [line for block in blocks for line in _lines(layout, block)]
            if _page_of(pages, min(top for top, _ in lines), max(bottom for _, bottom in lines)) is None:
                yield table.rows(), row


def _blocks(cell):
    block, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
    found = [block]
    while block != last:
        block = block.next()
        found.append(block)
    return found


@pytest.mark.parametrize("layers", [1, 15, 29, 43])
def test_no_row_of_a_table_is_cut_by_the_end_of_a_page(layers, qapp):
    stack = [Layer("in", Input(shape=(4,)))]
    for index in range(layers):
        name = f"layer_{index}" + "_of_a_stage_with_a_long_name" * (index % 3)
        stack.append(Layer(name, Dense(units=4), (stack[-1].name,)))
    design = Design("n", Network(tuple(stack)), Target(board("pynq-z2"), 10.0))
    vitis = flow("vitis")
    pages = Pages(report_html(design, vitis.estimate(design, None), vitis), "n")
    assert list(_cut_rows(pages)) == []
    for strip in pages.strips:
        head = strip.heading[1] - strip.heading[0] if strip.heading else 0
        assert strip.bottom - strip.top + head <= pages.size.height() + 0.01
    assert layers in {table.rows() - 2 for table in tables(pages.document)}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("25,482,838 µs", "25,482,838"),
        ("12 to 13", "12 to 13"),
        ("a & b", "a &amp; b"),
        ("ap_fixed<16,6,AP_RND,AP_SAT>", "ap_fixed&lt;16,6,AP_RND,AP_SAT&gt;"),
        ("stage_1_convolution_2", "stage_<wbr/>1_<wbr/>convolution_<wbr/>2"),
        ("x" * 30, "<wbr/>".join(["x" * 14, "x" * 14, "xx"])),
    ],
)
def test_long_words_may_break_and_units_stay_with_their_numbers(text, html):
    assert inner(text).startswith(html)
    assert (NO_BREAK_SPACE in inner(text)) is text.endswith("µs")


def test_a_long_design_makes_many_pages_that_all_show_something(store, qapp):
    layers = [Layer("in", Input(shape=(4,)))]
    for index in range(100):
        layers.append(Layer(f"dense_with_a_long_name_{index}", Dense(units=4), (layers[-1].name,)))
    design = Design("long", Network(tuple(layers)), Target(board("pynq-z2"), 10.0))
    vitis = flow("vitis")
    pages = Pages(report_html(design, vitis.estimate(design, None), vitis), "long")
    assert pages.count > 4
    assert all(_has_ink(_painted(pages, number), QRectF(0, 0, 200, 100)) for number in range(pages.count))


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.codesign")), ids=lambda path: path.stem)
def test_no_table_is_wider_than_the_paper(qapp, store, example):
    design = open_file(example, store).design
    found = flow(design.target.flow)
    pages = Pages(report_html(design, found.estimate(design, store), found), example.stem)
    # Qt rounds the columns of a table that takes the whole width.
    assert pages.document.size().width() <= pages.size.width() + 1


def test_a_table_that_goes_on_repeats_its_heading(qapp):
    layers = [Layer("in", Input(shape=(4,)))]
    for index in range(100):
        layers.append(Layer(f"dense_{index}", Dense(units=4), (layers[-1].name,)))
    design = Design("long", Network(tuple(layers)), Target(board("pynq-z2"), 10.0))
    vitis = flow("vitis")
    pages = Pages(report_html(design, vitis.estimate(design, None), vitis), "long")
    again = [number for number, strip in enumerate(pages.strips) if strip.heading]
    assert len(again) > 2
    first, second = (_painted(pages, number) for number in again[:2])
    head = pages.strips[again[0]].heading
    area = QRectF(0, 0, pages.size.width(), head[1] - head[0]).toAlignedRect()
    assert first.copy(area) == second.copy(area)
    assert _has_ink(first, QRectF(area))


@given(
    st.lists(st.tuples(st.floats(1, 300), st.floats(0, 300), st.booleans()), min_size=1, max_size=60),
    st.floats(50, 400),
)
def test_strips_hold_everything_once_and_cut_only_what_is_too_high(sizes, height):
    pieces, top = [], 0.0
    for size, needs, in_table in sizes:
        pieces.append(Piece(top, top + size, needs, (0.0, 20.0) if in_table else None))
        top += size
    strips = list(cut(pieces, height))
    assert strips[0].top == 0.0
    assert strips[-1].bottom == top
    assert all(before.bottom == after.top for before, after in pairwise(strips))
    for strip in strips:
        head = strip.heading[1] - strip.heading[0] if strip.heading else 0.0
        assert strip.bottom - strip.top <= height - head + 1e-6
    for strip in strips[:-1]:
        inside = [piece for piece in pieces if piece.top + 1e-6 < strip.bottom < piece.bottom - 1e-6]
        assert all(piece.bottom - piece.top > height - 20 - 1e-6 for piece in inside)


def test_a_pdf_can_be_cancelled_between_pages(subject):
    told = []

    def enough(share):
        told.append(share)
        if share > 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        pdf_bytes(_report(subject), "a title", enough)
    assert told == sorted(told)


def test_a_pdf_is_written(subject):
    data = pdf_bytes(_report(subject), "small_resnet on PYNQ-Z2")
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert b"/Subtype /Image" in data
