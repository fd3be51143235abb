"""Boards: what a network may be built on, how much of it there is, and where each figure comes from."""

from engine.boards.catalogue import all_boards, board, board_problems, nearest_id
from engine.boards.errors import BoardError, UnknownBoardError
from engine.boards.family import Family, Resource, Unit
from engine.boards.store import save_board
from engine.boards.text import format_board, parse_board
from engine.boards.value import Board, Figure, Origin, Supply

__all__ = [
    "Board",
    "BoardError",
    "Family",
    "Figure",
    "Origin",
    "Resource",
    "Supply",
    "Unit",
    "UnknownBoardError",
    "all_boards",
    "board",
    "board_problems",
    "format_board",
    "nearest_id",
    "parse_board",
    "save_board",
]
