"""Saving a board: whole or not at all."""

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from engine.boards import Board, BoardError, Figure, Origin, Supply, board, save_board
from tests.engine.boards.strategies import boards

MINE = replace(board("zcu104"), id="my-board", name="Mine", origin=Origin.USER)


@given(boards().filter(lambda each: len(each.id) < 30))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_saved_board_is_found_again(tmp_path, each: Board):
    path = save_board(tmp_path / "made" / "for it", each)
    assert path.name == each.id + ".toml"
    assert board(each.id, path.parent) == each


def test_saving_leaves_one_file_and_nothing_else(tmp_path):
    save_board(tmp_path, MINE)
    save_board(tmp_path, replace(MINE, name="Ours"))
    assert [path.name for path in tmp_path.iterdir()] == ["my-board.toml"]


def test_a_built_in_id_is_refused(tmp_path):
    with pytest.raises(BoardError, match="'zcu104' is taken by a board that ships"):
        save_board(tmp_path, replace(MINE, id="zcu104"))
    assert list(tmp_path.iterdir()) == []


def test_a_failed_save_leaves_the_old_file_and_no_rubbish(tmp_path, monkeypatch):
    path = save_board(tmp_path, MINE)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BoardError, match=r"my-board\.toml: cannot be written: No space left on device"):
        save_board(tmp_path, replace(MINE, name="Ours"))
    assert list(tmp_path.iterdir()) == [path]
    assert board("my-board", tmp_path) == MINE


def test_a_folder_that_cannot_be_made_is_told_of(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BoardError, match="cannot be written"):
        save_board(tmp_path / "file", MINE)


def test_the_wordiest_board_there_can_be_still_reads_back(tmp_path):
    words = 400 * '"'
    wordy = replace(
        MINE,
        name=words,
        url="https://" + 392 * "x",
        part=400 * "x",
        part_source=words,
        clock=Figure(1e6, words),
        power=Figure(1e4, words),
        resources=tuple(Supply(each.unit, 100_000_000, words) for each in MINE.resources),
    )
    assert board("my-board", save_board(tmp_path, wordy).parent) == wordy
