"""Board files: what is written reads back; what is wrong is named with its line."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.boards import Board, BoardError, Figure, Origin, board, format_board, parse_board
from tests.engine.boards.strategies import boards

GOOD = format_board(board("zcu104"))
LINES = GOOD.split("\n")


def outcome(text: str) -> Board | BoardError:
    """What comes of a text: any other error fails the test."""
    try:
        return parse_board(text, "mine.toml")
    except BoardError as error:
        return error


def refusal(text: str) -> BoardError:
    """The error of a text that must be refused."""
    with pytest.raises(BoardError) as caught:
        parse_board(text, "mine.toml")
    return caught.value


def changed(old: str, new: str) -> str:
    """The good file with its first ``old`` replaced."""
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def line_of(start: str) -> int:
    """The line of the good file that starts so."""
    return 1 + next(number for number, line in enumerate(LINES) if line.startswith(start))


@given(boards())
def test_what_is_written_reads_back(each: Board):
    assert parse_board(format_board(each), "mine.toml") == each


@given(boards())
def test_windows_line_ends_read_the_same(each: Board):
    assert parse_board(format_board(each).replace("\n", "\r\n"), "mine.toml") == each


def test_the_origin_is_the_readers_to_say():
    assert parse_board(GOOD, "x.toml").origin is Origin.USER
    assert parse_board(GOOD, "x.toml", Origin.BUILT_IN) == board("zcu104")


def test_whole_numbers_comments_and_any_order_are_allowed():
    text = changed("ns = 10.0", "ns = 10 # a comment")
    assert parse_board(text, "x.toml", Origin.BUILT_IN) == board("zcu104")
    head, tables = GOOD.split("\n\n", 1)
    swapped = "\n".join(reversed(head.split("\n"))) + "\n\n" + tables
    assert parse_board(swapped, "x.toml", Origin.BUILT_IN) == board("zcu104")


@pytest.mark.parametrize(
    ("old", "new", "field", "start", "words"),
    [
        ('id = "zcu104"', 'id = "ZCU 104"', "id", "id", "lower-case"),
        ('name = "ZCU104"', 'name = ""', "name", "name", "empty"),
        ('name = "ZCU104"', "name = 104", "name", "name", "text in quotes"),
        ('name = "ZCU104"', 'name = "ZCU\\n104"', "name", "name", "one line"),
        ('name = "ZCU104"', 'name = "' + 401 * "Z" + '"', "name", "name", "longer"),
        ('url = "https://', 'url = "javascript:', "url", "url", "web address"),
        ('part = "xczu7ev', 'part = "[exec ls] xczu7ev', "part", "part", "part name"),
        ('family = "ultrascale+"', 'family = "virtex"', "family", "family", "one of 7-series"),
        ('family = "ultrascale+"', 'family = "ecp5"', "resources.LUT", "[resources.LUT]", "LUT4, FF, DSP, EBR"),
        ("ns = 10.0", "ns = 0.0", "clock.ns", "ns", "above 0"),
        ("ns = 10.0", "ns = -1", "clock.ns", "ns", "above 0"),
        ("ns = 10.0", "ns = nan", "clock.ns", "ns", "above 0"),
        ("ns = 10.0", "ns = inf", "clock.ns", "ns", "above 0"),
        ("ns = 10.0", "ns = 1" + 400 * "0", "clock.ns", "ns", "too large"),
        ("ns = 10.0", "ns = true", "clock.ns", "ns", "a number"),
        ("ns = 10.0", 'ns = "10"', "clock.ns", "ns", "a number"),
        ("ns = 10.0", "mhz = 100", "clock.mhz", "ns", "known are ns, source"),
        ("count = 230400", "count = 230400.0", "resources.LUT.count", "count = 230400", "whole number"),
        ("count = 230400", "count = true", "resources.LUT.count", "count = 230400", "whole number"),
        ("count = 230400", "count = -1", "resources.LUT.count", "count = 230400", "between 0 and"),
        ("count = 230400", "count = 1_000_000_000", "resources.LUT.count", "count = 230400", "between 0"),
        ("count = 230400", "count = 0", "resources", "[resources.LUT]", "LUT above 0"),
        ("[resources.BRAM18]", "[resources.BRAM36]", "resources.BRAM36", "[resources.BRAM18]", "BRAM18, URAM"),
        ('part_source = "', 'vendor = "', "vendor", "part_source", "not known"),
        ("[resources.FF]", '[resources.FF]\nnote = "x"', "resources.FF.note", "count = 460800", "not known"),
        ("[clock]\nns = 10.0", "clock = 10\n[power]\nwatts = 10", "clock", "[clock]", "table of its own"),
    ],
)
def test_a_bad_entry_is_named_with_its_line_and_reason(old, new, field, start, words):
    error = refusal(changed(old, new))
    assert (error.file, error.field, error.line) == ("mine.toml", field, line_of(start))
    assert words in error.reason
    assert str(error).startswith(f"mine.toml, line {error.line}: {field} ")


@pytest.mark.parametrize(
    ("start", "field", "line"),
    [
        ("name", "name", None),
        ("family", "family", None),
        ("ns", "clock.ns", line_of("[clock]")),
        ("count = 230400", "resources.LUT.count", line_of("[resources.LUT]")),
    ],
)
def test_a_missing_entry_is_named_with_the_line_of_its_table(start, field, line):
    left = [each for each in LINES if not each.startswith(start)]
    error = refusal("\n".join(left))
    assert (error.field, error.reason, error.line) == (field, "is missing", line)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("ns = 10.0", "ns = ", line_of("ns")),
        ("[clock]", "[clock", line_of("[clock]")),
        ('family = "ultrascale+"', 'family = "ultrascale+', line_of("family")),
        ("[resources.FF]", "[resources.LUT]", line_of("[resources.FF]")),
    ],
)
def test_a_slip_in_the_syntax_is_named_with_its_line(old, new, line):
    error = refusal(changed(old, new))
    assert error.line == line
    assert "TOML" in error.reason
    assert "(at line" not in str(error)


@pytest.mark.parametrize("text", ["", "x", "[" * 9_000, "x = 1" + "0" * 9_000, "x = 2024-02-31", "#" * 20_000])
def test_what_is_no_board_at_all_is_refused_in_words(text):
    assert str(refusal(text)).startswith("mine.toml")


@given(st.data())
@settings(deadline=None, max_examples=300)
def test_a_mutated_file_gives_a_board_or_the_reason(data: st.DataObject):
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        cut = data.draw(st.integers(0, len(lines[at])))
        lines[at] = data.draw(
            st.sampled_from(["", lines[at][:cut], lines[at] + lines[at - 1]])
            | st.text(max_size=12).map(lambda extra, at=at, cut=cut: lines[at][:cut] + extra + lines[at][cut:])
        )
    text = "\n".join(lines)
    result = outcome(text)
    if isinstance(result, Board):
        assert parse_board(format_board(result), "again.toml") == result
    else:
        assert result.file == "mine.toml"
        assert result.reason
        assert result.line is None or 1 <= result.line <= len(text.split("\n"))


@given(st.text(max_size=200))
def test_any_text_at_all_is_refused_in_words(text: str):
    assert refusal(text).reason


def test_a_board_made_in_the_window_is_held_to_the_same_rules():
    good = board("zcu104")
    with pytest.raises(BoardError, match=r"^clock\.ns must be above 0"):
        replace(good, clock=Figure(math.nan, "a source"))
    with pytest.raises(BoardError, match=r"^clock\.source must not be empty"):
        replace(good, clock=Figure(5.0, " "))
    with pytest.raises(BoardError, match=r"^resources\.LUT gives LUT a second time"):
        replace(good, resources=good.resources + good.resources)
    with pytest.raises(BoardError, match=r"^resources must give a count of LUT above 0"):
        replace(good, resources=())
