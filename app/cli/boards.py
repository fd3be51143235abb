"""`codesign-studio boards`: the boards the studio knows."""

from argparse import ArgumentParser

from app.cli.output import complain, explained, say_json, table
from app.folders import Folders
from engine.advice import limit
from engine.boards import Board, all_boards, board_problems
from engine.estimate import RESOURCES


@explained
def main(arguments: list[str]) -> int:
    """List built-in and own boards."""
    parser = ArgumentParser("codesign-studio boards", description="List the boards the studio knows.")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    own = Folders.of_user().boards
    boards = all_boards(own)
    for problem in board_problems(own):
        complain(str(problem))
    if options.json:
        say_json([_to_json(board) for board in boards])
    else:
        header = ("Id", "Name", "Part", *RESOURCES, "Clock")
        rows = [(board.id, board.name, board.part, *_counts(board), f"{board.clock_ns:g} ns") for board in boards]
        table([header, *rows], right=range(3, len(header)))
    return 0


def _counts(board: Board) -> list[str]:
    counts = [limit(board, resource) for resource in RESOURCES]
    return ["?" if count is None else f"{count:,}" for count in counts]


def _to_json(board: Board) -> dict[str, object]:
    return {
        "id": board.id,
        "name": board.name,
        "part": board.part,
        "family": str(board.family),
        "clock_ns": board.clock_ns,
        "resources": {supply.unit.name: supply.count for supply in board.resources},
    }
