"""What can be wrong with a board, said so that a person can put it right."""

from __future__ import annotations


class BoardError(ValueError):
    """A board, or a board file, that cannot be used.

    ``reason`` reads on after the name of the field; ``path`` leads to the entry at fault, as in
    ``("resources", "LUT", "count")``, and is empty when the whole board or file is; ``file`` is empty for a
    board that came from no file; ``line`` counts from 1 and is None when it is not known.
    """

    def __init__(self, reason: str, path: tuple[str, ...] = (), file: str = "", line: int | None = None) -> None:
        super().__init__(reason, path, file, line)
        self.reason = reason
        self.path = path
        self.file = file
        self.line = line

    @property
    def field(self) -> str:
        """The entry at fault, dotted: ``resources.LUT.count``; empty when it is the whole."""
        return ".".join(self.path)

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return (f"{place}: " if place else "") + f"{self.field} {self.reason}".strip()


class UnknownBoardError(BoardError):
    """No board has this id; ``suggestion`` is the nearest id there is, if any is near."""

    def __init__(self, board_id: str, suggestion: str | None) -> None:
        hint = f"Did you mean '{suggestion}'?" if suggestion else "`codesign-studio boards` lists them."
        super().__init__(f"There is no board '{board_id}'. {hint}")
        self.args = (board_id, suggestion)
        self.board_id = board_id
        self.suggestion = suggestion
