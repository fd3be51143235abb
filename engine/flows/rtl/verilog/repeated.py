"""Texts that are alike but for a number."""

from collections.abc import Callable


def repeated(count: int, text: Callable[[int], str], *, outlined: bool = False) -> list[str]:
    """One behind the other; outlined, as for an estimate, the first one in a loop that stands for all."""
    if not outlined or count < 2:
        return [text(index) for index in range(count)]
    return [f"for (lane = 0; lane < {count}; lane = lane + 1) begin\n{text(0)}\nend"]
