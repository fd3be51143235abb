"""Every mistake in a board is found at once, with the engine's own checks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.dialogs.board_draft import COMMON, board_of, copy_of, draft_of, problems, slug
from engine.boards import BoardError, all_boards, board

BOARDS = all_boards()


@pytest.mark.parametrize("built_in", BOARDS, ids=lambda each: each.id)
def test_a_copy_of_each_board_is_sound(built_in):
    copy = board_of(copy_of(built_in))
    assert copy.resources == built_in.resources
    assert copy.clock == built_in.clock
    assert copy.power == built_in.power
    assert copy.running_power == built_in.running_power
    assert copy.id == slug(f"{built_in.name} copy")
    assert problems(copy_of(built_in)) == {}


def test_the_id_of_a_built_in_board_is_taken():
    wrong = problems(draft_of(board("pynq-z2")))
    assert set(wrong) == {("id",)}
    assert "taken" in wrong["id",]


TEXT = st.text(max_size=12)
NUMBERS = st.sampled_from(["", "0", "-1", "1", "10,5", "53,200", "1e3", "nan", "x", "10.5", "1,0000", " 7 ", "9" * 30])


@st.composite
def drafts(draw):
    draft = copy_of(draw(st.sampled_from(BOARDS)))
    for path in draw(st.lists(st.sampled_from(sorted(draft)), max_size=5)):
        draft[path] = draw(NUMBERS if path[-1] in ("ns", "watts", "count") else TEXT)
    if draw(st.booleans()):
        draft[COMMON] = draw(TEXT)
    return draft


@settings(max_examples=300, deadline=None)
@given(drafts())
def test_there_are_no_problems_exactly_when_there_is_a_board(draft):
    wrong = problems(draft)
    try:
        board_of(draft)
    except BoardError:
        assert wrong
    else:
        assert wrong == {}
    assert all((reason.endswith(".") and reason[0].isupper()) or reason[0] == "'" for reason in wrong.values())


def test_all_mistakes_are_found_at_once():
    draft = copy_of(board("pynq-z2")) | {
        ("name",): "",
        ("url",): "ftp://x",
        ("clock", "ns"): "10,5",
        ("resources", "DSP", "count"): "2.5",
        ("resources", "LUT", "source"): " ",
    }
    wrong = problems(draft)
    assert set(wrong) == {("name",), ("url",), ("clock", "ns"), ("resources", "DSP", "count"), COMMON}
    assert wrong["clock", "ns"] == "Must be a number, such as 1,200 or 10.5."


def test_a_board_without_luts_is_told_at_their_field():
    draft = copy_of(board("pynq-z2")) | {("resources", "LUT", "count"): ""}
    assert set(problems(draft)) == {("resources", "LUT", "count")}


def test_the_common_source_stands_in():
    draft = {path: "" if path[-1] == "source" else text for path, text in copy_of(board("kv260")).items()}
    built = board_of(draft | {COMMON: "The data sheet, page 3"})
    assert {supply.source for supply in built.resources} == {"The data sheet, page 3"}
    assert built.clock.source == "The data sheet, page 3"


def test_a_resource_without_a_number_is_left_out():
    draft = copy_of(board("pynq-z2")) | {("resources", "BRAM18", "count"): ""}
    assert [supply.unit.name for supply in board_of(draft).resources] == ["LUT", "FF", "DSP"]
