"""Finding boards: by id, by something like it, and in the user's folder."""

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from engine.boards import (
    BoardError,
    Origin,
    Resource,
    UnknownBoardError,
    all_boards,
    board,
    board_problems,
    format_board,
    nearest_id,
    save_board,
)
from engine.boards.value import Board
from tests.engine.boards.strategies import boards

MINE = replace(board("zcu104"), id="my-board", name="Mine", origin=Origin.USER)


def test_a_board_is_found_by_its_id():
    assert board("pynq-z2").part == "xc7z020clg400-1"
    assert board("pynq-z2") is board("pynq-z2")
    assert board("pynq-z2") in all_boards()


def test_boards_come_in_the_order_of_their_ids(tmp_path):
    save_board(tmp_path, MINE)
    ids = [each.id for each in all_boards(tmp_path)]
    assert ids == sorted(ids)
    assert set(ids) == {each.id for each in all_boards()} | {"my-board"}


@pytest.mark.parametrize(
    ("wanted", "nearest"),
    [
        ("pynq", "pynq-z2"),
        ("PYNQ-Z2", "pynq-z2"),
        ("Arty A7-100T", "arty-a7-100t"),
        ("basys3", "basys-3"),
        ("bassy", "basys-3"),
        ("u250", "alveo-u250"),
        ("tang_nano_9k", "tang-nano-9k"),
        ("my-bord", "my-board"),
        ("stratix", None),
        ("", None),
    ],
)
def test_an_unknown_id_suggests_the_nearest(tmp_path, wanted, nearest):
    save_board(tmp_path, MINE)
    assert nearest_id(wanted, tmp_path) == nearest
    with pytest.raises(UnknownBoardError) as caught:
        board(wanted, tmp_path)
    hint = f"Did you mean '{nearest}'?" if nearest else "`codesign-studio boards` lists them."
    assert str(caught.value) == f"There is no board '{wanted}'. {hint}"
    assert caught.value.suggestion == nearest


@pytest.mark.parametrize("wanted", ["../boards/pynq-z2", "pynq-z2.toml", "/etc/passwd", "con", "\0"])
def test_an_id_is_never_a_path(tmp_path, wanted):
    with pytest.raises(UnknownBoardError):
        board(wanted, tmp_path)


def test_what_a_part_has_none_of_is_zero_and_what_nobody_published_is_unknown(tmp_path):
    assert board("pynq-z2").count(Resource.URAM) == 0
    bare = replace(MINE, resources=MINE.resources[:1])
    assert bare.count(Resource.LUT) == 230_400
    assert bare.count(Resource.URAM) is None
    assert bare.count(Resource.AIE) == 0


def test_a_users_board_is_found_and_marked_as_theirs(tmp_path):
    save_board(tmp_path, replace(MINE, origin=Origin.BUILT_IN))
    assert board("my-board", tmp_path) == MINE
    assert board_problems(tmp_path) == ()


def test_a_changed_file_is_read_again(tmp_path):
    save_board(tmp_path, MINE)
    assert board("my-board", tmp_path).name == "Mine"
    save_board(tmp_path, replace(MINE, name="Ours"))
    assert board("my-board", tmp_path).name == "Ours"


def test_a_bad_file_is_told_of_and_harms_no_other(tmp_path):
    save_board(tmp_path, MINE)
    (tmp_path / "broken.toml").write_text(format_board(MINE).replace("count = 230400", "count = many"))
    (tmp_path / "notes.txt").write_text("not a board")
    (tmp_path / "folder.toml").mkdir()
    assert {each.id for each in all_boards(tmp_path)} - {each.id for each in all_boards()} == {"my-board"}
    (problem,) = board_problems(tmp_path)
    assert str(problem).startswith("broken.toml, line 13: is not TOML")
    with pytest.raises(BoardError, match=r"broken\.toml, line 13"):
        board("broken", tmp_path)


def test_an_id_must_be_the_files_name_and_no_built_in_boards(tmp_path):
    (tmp_path / "other.toml").write_text(format_board(MINE))
    (tmp_path / "pynq-z2.toml").write_text(format_board(board("pynq-z2")))
    other, taken = board_problems(tmp_path)
    assert str(other) == "other.toml, line 1: id 'my-board' must be the file's name, 'other'"
    assert str(taken) == "pynq-z2.toml, line 1: id 'pynq-z2' is taken by a board that ships with the studio"
    assert board("pynq-z2", tmp_path).origin is Origin.BUILT_IN


def test_files_that_are_not_text_or_cannot_be_read_are_told_of(tmp_path):
    (tmp_path / "a.toml").write_bytes(b'id = "a"\nname = "\xff"\n')
    (tmp_path / "b.toml").write_bytes(b"#" * 100_000)
    (tmp_path / "c.toml").symlink_to(tmp_path / "nowhere")
    assert [str(problem) for problem in board_problems(tmp_path)] == [
        "a.toml, line 2: is not text in UTF-8",
        "b.toml: is longer than 16,384 characters",
        "c.toml: cannot be read: No such file or directory",
    ]


def test_a_byte_order_mark_does_not_matter(tmp_path):
    (tmp_path / "my-board.toml").write_text(format_board(MINE), encoding="utf-8-sig")
    assert board("my-board", tmp_path) == MINE


def test_a_folder_that_is_missing_is_empty_and_one_that_is_a_file_is_a_problem(tmp_path):
    assert all_boards(tmp_path / "none") == all_boards()
    assert board_problems(tmp_path / "none") == ()
    (tmp_path / "file").write_text("")
    assert "file: cannot be read" in str(board_problems(tmp_path / "file")[0])


@pytest.mark.parametrize(
    "error", [UnknownBoardError("pynq", "pynq-z2"), BoardError("is missing", ("clock", "ns"), "a.toml", 3)]
)
def test_errors_cross_from_one_process_to_another(error):
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))


@given(boards())
def test_boards_cross_from_one_process_to_another(each: Board):
    assert pickle.loads(pickle.dumps(each)) == each
    assert hash(pickle.loads(pickle.dumps(each))) == hash(each)


def test_one_board_reads_one_file_and_no_heavy_library():
    code = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda name, args: name == 'open' and str(args[0]).endswith('.toml') and "
        "opened.append(args[0]))\n"
        "from engine.boards import board\n"
        "assert not opened, opened\n"
        "board('pynq-z2'); board('pynq-z2')\n"
        "assert len(opened) == 1, opened\n"
        "heavy = {'numpy', 'networkx', 'PySide6', 'hls4ml', 'tensorflow'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    root = Path(__file__).parents[3]
    environment = os.environ | {"PYTHONPATH": str(root)}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root, env=environment, timeout=60)
