"""Finds what lies at a place or in a region without looking at everything."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from widgets.canvas.geometry import Rect
from widgets.canvas.model import Point

K = TypeVar("K")

_CELL = 400.0
_Cell = tuple[int, int]


class Grid(Generic[K]):
    """Keys filed by the cells of a coarse grid that their rectangles touch."""

    def __init__(self, rects: Mapping[K, Sequence[Rect]]) -> None:
        self._cells: dict[_Cell, list[K]] = {}
        for key, parts in rects.items():
            for cell in dict.fromkeys(cell for part in parts for cell in _cells(part)):
                self._cells.setdefault(cell, []).append(key)

    def near(self, region: Rect) -> Iterable[K]:
        """Keys that may touch a region, in the order in which they were filed."""
        cells = _span(region)
        if (cells[2] - cells[0] + 1) * (cells[3] - cells[1] + 1) > len(self._cells):
            within = [c for c in self._cells if cells[0] <= c[0] <= cells[2] and cells[1] <= c[1] <= cells[3]]
            return dict.fromkeys(key for cell in within for key in self._cells[cell])
        return dict.fromkeys(key for cell in _cells(region) for key in self._cells.get(cell, ()))

    def at(self, point: Point, reach: float) -> Iterable[K]:
        """Keys that may lie within `reach` of a point."""
        return self.near(Rect(point[0] - reach, point[1] - reach, 2 * reach, 2 * reach))


def _span(rect: Rect) -> tuple[int, int, int, int]:
    return (
        int(rect.x // _CELL),
        int(rect.y // _CELL),
        int(rect.right // _CELL),
        int(rect.bottom // _CELL),
    )


def _cells(rect: Rect) -> Iterator[_Cell]:
    left, top, right, bottom = _span(rect)
    for column in range(left, right + 1):
        for row in range(top, bottom + 1):
            yield (column, row)
