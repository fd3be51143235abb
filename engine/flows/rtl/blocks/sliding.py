"""A window that slides over a picture, which may have zeros around it."""

from dataclasses import dataclass, replace

from engine.emulate.exact.products import Window
from engine.network.kinds.windows import same_padding
from engine.network.op import Shape

Pair = tuple[int, int]
Edges = tuple[Pair, Pair]
"""Zeros above and below, left and right."""
NO_EDGES: Edges = ((0, 0), (0, 0))


@dataclass(frozen=True, slots=True)
class Sliding:
    """Over `lines` of `columns` pixels of `channels`; sequences are one line."""

    lines: int
    columns: int
    channels: int
    size: Pair
    strides: Pair
    edges: Edges

    @classmethod
    def of(cls, shape: Shape, window: Window, around: Edges = NO_EDGES) -> "Sliding":
        """A window over a tensor with zeros around it, and more where its padding is 'same'."""
        lines, columns = _pair(shape[:-1])
        found = cls(lines, columns, shape[-1], _pair(window.size), _pair(window.strides), around)
        return found._same() if window.padding == "same" else found

    def _same(self) -> "Sliding":
        down, right = (same_padding(*each) for each in zip(self.padded, self.size, self.strides, strict=True))
        (top, bottom), (left, beyond) = self.edges
        return replace(self, edges=((top + down[0], bottom + down[1]), (left + right[0], beyond + right[1])))

    @property
    def taps(self) -> int:
        """Pixels of a window."""
        return self.size[0] * self.size[1]

    @property
    def padded(self) -> Pair:
        """Lines and columns with the zeros around them."""
        (top, bottom), (left, right) = self.edges
        return self.lines + top + bottom, self.columns + left + right

    @property
    def positions(self) -> Pair:
        """Lines and columns of windows."""
        pairs = zip(self.padded, self.size, self.strides, strict=True)
        lines, columns = ((extent - size) // stride + 1 for extent, size, stride in pairs)
        return lines, columns

    def extents(self, axis: int) -> list[int]:
        """How many lines, or columns, of the picture each window has."""
        before, extent = self.edges[axis][0], (self.lines, self.columns)[axis]
        starts = [place * self.strides[axis] - before for place in range(self.positions[axis])]
        return [min(start + self.size[axis], extent) - max(start, 0) for start in starts]

    @property
    def is_whole(self) -> bool:
        """Whether no window reaches beyond the picture."""
        return all(set(self.extents(axis)) == {self.size[axis]} for axis in (0, 1))

    @property
    def count(self) -> int:
        """Windows of a frame."""
        return self.positions[0] * self.positions[1]


def _pair(extents: tuple[int, ...]) -> Pair:
    """Of lines and columns; a sequence has one line."""
    return (1 if len(extents) == 1 else extents[0]), extents[-1]
