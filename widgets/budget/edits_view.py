"""The edits of a sitting, as a value: what each one did to every quantity."""

from dataclasses import dataclass

AXIS_FLOOR = 1.25
AXIS_CEILING = 3.0


@dataclass(frozen=True, slots=True)
class EditPoint:
    """The name of an edit and, in the order of `EditsView.resources`, the shares of the board after it
    (None: no figure)."""

    label: str
    shares: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class EditsView:
    """Points from the design as opened to the last edit, undone ones included; `current` is the one shown.

    `resources` are pairs of the engine's name and the label that people read.
    """

    points: tuple[EditPoint, ...] = ()
    current: int = 0
    resources: tuple[tuple[str, str], ...] = ()

    @property
    def detail(self) -> str:
        """For the header: `14 steps, click to go back`."""
        steps = len(self.points) - 1
        if steps < 1:
            return "no edits yet"
        return f"{steps} {'step' if steps == 1 else 'steps'}, click to go back"

    def axis_top(self, first: int, last: int) -> float:
        """Where the axis ends for the points in sight: past the limit, and past what is there up to a point."""
        shares = [share for point in self.points[first:last] for share in point.shares if share is not None]
        return min(max([AXIS_FLOOR, *(share * 1.05 for share in shares)]), AXIS_CEILING)

    def drawn(self) -> list[int]:
        """Quantities that have a figure and move or hold something in this sitting."""
        return [index for index in range(len(self.resources)) if any(point.shares[index] for point in self.points)]


def spread(wanted: list[float], gap: float, top: float, bottom: float) -> list[float]:
    """Heights as near to the wanted ones as a distance of `gap` and the ends allow, in the same order.

    Labels that would touch are pushed apart around their common middle (pool adjacent violators).
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    pools: list[tuple[float, int]] = []
    for rank, index in enumerate(order):
        # Without the gaps between ranks, touching labels are those that are out of order.
        mean, count = wanted[index] - rank * gap, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        pools.append((mean, count))
    highest = max(bottom - (len(wanted) - 1) * gap, top)
    bases = [min(max(mean, top), highest) for mean, count in pools for _ in range(count)]
    heights = [0.0] * len(wanted)
    for rank, index in enumerate(order):
        heights[index] = bases[rank] + rank * gap
    return heights
