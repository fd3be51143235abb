"""Which blocks get a frame, which only a title over the row, and where both lie."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from widgets.canvas import metrics
from widgets.canvas.axis import Direction
from widgets.canvas.geometry import Rect, union
from widgets.canvas.model import BlockView, EdgeKey, Point


@dataclass(frozen=True, slots=True)
class Grouping:
    """Blocks that hold no other block are framed; larger ones are stages, titled."""

    framed: tuple[BlockView, ...]
    stages: tuple[BlockView, ...]


def group(blocks: Iterable[BlockView], known: Mapping[str, int]) -> Grouping:
    """Tell frames from stages; members that are not `known` do not count."""
    sets = [(block, frozenset(m for m in block.members if m in known)) for block in blocks]
    sets = [(block, members) for block, members in sets if members]
    framed: list[BlockView] = []
    stages: list[BlockView] = []
    for block, members in sets:
        holds_others = any(other < members for _, other in sets)
        small = len(members) <= metrics.FRAME_LARGEST
        (framed if small and not holds_others else stages).append(block)
    return Grouping(tuple(framed), tuple(stages))


def memberships(groups: Sequence[BlockView], index: Mapping[str, int]) -> list[frozenset[int]]:
    """For each node, the positions in `groups` of the blocks that hold it."""
    found: list[list[int]] = [[] for _ in index]
    for k, block in enumerate(groups):
        for member in block.members:
            if member in index:
                found[index[member]].append(k)
    nothing: frozenset[int] = frozenset()
    return [frozenset(ks) if ks else nothing for ks in found]


def frame_rects(
    framed: Sequence[BlockView],
    boxes: Mapping[str, Rect],
    routes: Mapping[EdgeKey, Sequence[Point]],
    direction: Direction,
) -> dict[str, Rect]:
    """The frame of each block: around its nodes and its own skips, with room for the title."""
    frame_of: dict[str, list[int]] = {}
    for k, block in enumerate(framed):
        for member in block.members:
            frame_of.setdefault(member, []).append(k)
    inner = [union(boxes[m] for m in block.members if m in boxes) for block in framed]
    reach = list(inner)
    for (_, target, _), points in routes.items():
        for k in frame_of.get(target, ()):
            reach[k] = union([reach[k], *_skips(points, inner[k], direction)])
    return {block.id: _framed(inner[k], reach[k], direction) for k, block in enumerate(framed) if inner[k].w > 0}


def _skips(points: Sequence[Point], inner: Rect, direction: Direction) -> list[Rect]:
    """The bends of a wire from where it enters the room beside `inner` for good."""
    axis, pad = (0, metrics.FRAME_PAD) if direction == "rows" else (1, metrics.FRAME_HEAD)
    low = (inner.x if axis == 0 else inner.y) - pad
    high = (inner.right if axis == 0 else inner.bottom) + pad
    bends = takewhile(lambda point: low < point[axis] < high, reversed(points))
    return [Rect(x, y, 0.0, 0.0) for x, y in bends]


def _framed(inner: Rect, reach: Rect, direction: Direction) -> Rect:
    pad = metrics.FRAME_PAD
    head = metrics.FRAME_HEAD
    if direction == "rows" and reach.y < inner.y:
        head = metrics.FRAME_HEAD_LANE
    around = union([inner, Rect(inner.x, reach.y, inner.w, reach.h)]) if direction == "rows" else reach
    return around.grown(pad, head, pad, pad)
