"""Breaks a long network into rows, so that it fills the room there is."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from widgets.canvas.strip import Extent

Size = tuple[float, float]

_MARGIN = 48.0
_ROW_WORTH = 0.8
"""Fewer rows may cost this much of the zoom that more would give."""
_STAGE_WORTH = 0.75
"""Breaking at stages may cost this much of the zoom that the best break would give."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Strips that stay in one row."""

    first: int
    last: int
    stage_begins: bool


def break_rows(extents: Sequence[Extent], units: Sequence[Unit], gap: float, space: Size) -> list[tuple[int, int]]:
    """First and last strip of each row, such that all rows together can be shown as large as possible."""
    ruler = _Ruler(extents, units, gap, space)
    tried = [ruler.fill(width, at_stages=False) for width in ruler.widths()]
    largest = max(ruler.scale(starts) for starts in tried)
    chosen = next(starts for starts in tried if ruler.scale(starts) >= largest * _ROW_WORTH)
    best = (ruler.scale(chosen), chosen)
    staged = ruler.best_by_stage()
    if staged is not None and staged[0] >= best[0] * _STAGE_WORTH:
        best = staged
    return [(units[i].first, units[j - 1].last) for i, j in ruler.spans(best[1])]


class _Ruler:
    """Measures rows made of units `i` to `j - 1`."""

    def __init__(self, extents: Sequence[Extent], units: Sequence[Unit], gap: float, space: Size) -> None:
        self._extents, self._units, self._gap = extents, units, gap
        self._space = (max(space[0] - _MARGIN, 200.0), max(space[1] - _MARGIN, 150.0))
        self._so_far = [0.0, *accumulate(e.reach for e in extents)]
        self._lead = [extents[u.first].lead for u in units]
        self._ends = [self._so_far[u.last] + extents[u.last].tail for u in units]
        self._above = [max(e.above for e in extents[u.first : u.last + 1]) for u in units]
        self._below = [max(e.below for e in extents[u.first : u.last + 1]) for u in units]

    def spans(self, starts: list[int]) -> list[tuple[int, int]]:
        """Units of each row as (first, one past the last)."""
        return list(zip(starts, [*starts[1:], len(self._units)], strict=True))

    def width(self, i: int, j: int) -> float:
        """Width of a row."""
        return self._ends[j - 1] - self._so_far[self._units[i].first] - self._lead[i]

    def scale(self, starts: list[int]) -> float:
        """Zoom at which everything fits, at most 1."""
        spans = self.spans(starts)
        width = max(self.width(i, j) for i, j in spans)
        height = sum(max(self._above[i:j]) + max(self._below[i:j]) for i, j in spans)
        height += self._gap * (len(spans) - 1)
        return min(self._space[0] / width, self._space[1] / height, 1.0)

    def widths(self) -> list[float]:
        """Row widths worth trying: the smallest that gives 1, 2, 3... rows."""
        return [self._narrowest(rows) for rows in self._row_counts()]

    def _row_counts(self) -> list[int]:
        count = len(self._units)
        total = self.width(0, count)
        tall = max(a + b for a, b in zip(self._above, self._below, strict=True)) + self._gap
        likely = round((total * self._space[1] / self._space[0] / tall) ** 0.5)
        wanted = {1, 2, 3, *range(max(likely - 3, 1), likely + 4)}
        return sorted(n for n in wanted if n <= count)

    def _narrowest(self, rows: int) -> float:
        low = max(self.width(i, i + 1) for i in range(len(self._units)))
        high = self.width(0, len(self._units))
        while high - low > 8.0:
            middle = (low + high) / 2
            if len(self.fill(middle, at_stages=False)) <= rows:
                high = middle
            else:
                low = middle
        return high

    def fill(self, width: float, at_stages: bool) -> list[int]:
        """First unit of each row when rows are filled up to `width`; optionally every stage begins a row."""
        starts = [0]
        count = len(self._units)
        stages = self._stage_starts() if at_stages else []
        while True:
            i = starts[-1]
            limit = width + self._so_far[self._units[i].first] + self._lead[i]
            j = max(bisect_right(self._ends, limit), i + 1)
            stage = bisect_right(stages, i)
            if stage < len(stages):
                j = min(j, stages[stage])
            if j >= count:
                return starts
            starts.append(j)

    def best_by_stage(self) -> tuple[float, list[int]] | None:
        """The largest zoom when every stage begins a row, or None when there are no stages."""
        begins = self._stage_starts()
        if not begins:
            return None
        bounds = [0, *begins, len(self._units)]
        widest = max(self.width(i, j) for i, j in pairwise(bounds))
        choices = [self.fill(widest / k + 1.0, at_stages=True) for k in (1, 2, 3)]
        return max(((self.scale(starts), starts) for starts in choices), key=lambda choice: choice[0])

    def _stage_starts(self) -> list[int]:
        """Units with which a stage begins a row; what comes before the first stage shares its row."""
        return [i for i, unit in enumerate(self._units) if unit.stage_begins][1:]
