"""Model and layout joined: what is drawn where. Built anew when the wiring changes, without Qt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from widgets.canvas.axis import Direction
from widgets.canvas.heat import full_scale
from widgets.canvas.layout import Layout, lay_out
from widgets.canvas.metrics import size_of
from widgets.canvas.model import BlockView, CanvasModel, NodeView, Point
from widgets.canvas.places import Places, Wiring
from widgets.canvas.rows import Size
from widgets.canvas.shown import Shown, shown


@dataclass(frozen=True)
class Content:
    """What nodes and blocks say, wherever they are."""

    model: CanvasModel
    shown: Shown

    @cached_property
    def nodes(self) -> dict[str, NodeView]:
        """Visible nodes by id."""
        return {n.id: n for n in self.shown.nodes}

    @cached_property
    def blocks(self) -> dict[str, BlockView]:
        """All blocks by id, folded ones too."""
        return {b.id: b for b in self.model.blocks}

    @cached_property
    def full(self) -> float:
        """The share that fills a bar."""
        return full_scale(n.share for n in self.shown.nodes)

    @cached_property
    def short_names(self) -> dict[str, str]:
        """Titles without the prefix that all titled members of a block share."""
        names = {n.id: n.title for n in self.shown.nodes}
        for block in self.shown.blocks:
            titled = [self.nodes[m] for m in block.members if m in self.nodes and self.nodes[m].form == "card"]
            cut = _shared_prefix([n.title for n in titled])
            names.update((n.id, n.title[cut:]) for n in titled if cut)
        return names


@dataclass(frozen=True, slots=True)
class Picture:
    """What is on the canvas: contents and their places."""

    content: Content
    places: Places

    @property
    def model(self) -> CanvasModel:
        """The model shown."""
        return self.content.model

    @property
    def shown(self) -> Shown:
        """What of it is visible."""
        return self.content.shown

    @property
    def nodes(self) -> dict[str, NodeView]:
        """Visible nodes by id."""
        return self.content.nodes

    @property
    def layout(self) -> Layout:
        """Where everything is."""
        return self.places.layout

    def block_of(self, node: str) -> str | None:
        """The smallest block that a visible node belongs to, or the folded block that it is."""
        if node in self.content.blocks:
            return node
        holding = [b for b in self.shown.blocks if node in b.members]
        return min(holding, key=lambda b: len(b.members)).id if holding else None

    def visible(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The visible nodes that stand for layers; folded layers show as their block."""
        home = self.shown.home
        return tuple(dict.fromkeys(v for i in ids if (v := home.get(i, i)) in self.nodes))

    def layers(self, visible_ids: Iterable[str]) -> tuple[str, ...]:
        """The layers that visible nodes stand for."""
        members = self.places.wiring.members
        return tuple(dict.fromkeys(m for v in visible_ids for m in members.get(v, ())))

    def with_content(self, model: CanvasModel, content: Shown) -> "Picture":
        """The same places with new texts, shares and badges."""
        return Picture(Content(model, content), self.places)

    def moved(self, corners: Mapping[str, Point]) -> "Picture":
        """Some nodes at new top-left corners, and what follows them."""
        return Picture(self.content, self.places.moved(corners))


def draw_up(model: CanvasModel, direction: Direction, space: Size) -> Picture:
    """Lay out a model afresh."""
    content = shown(model)
    layout = lay_out(content, model.positions, direction, space)
    return Picture(Content(model, content), Places(Wiring(content), layout))


def same_places(old: Shown, new: Shown) -> bool:
    """Whether two contents have the same layout: equal wiring, blocks and node forms."""
    if len(old.nodes) != len(new.nodes):
        return False
    wiring = old.edges is new.edges or [e.key for e in old.edges] == [e.key for e in new.edges]
    blocks = old.blocks is new.blocks or [b.members for b in old.blocks] == [b.members for b in new.blocks]
    return wiring and blocks and all(a is b or _same_place(a, b) for a, b in zip(old.nodes, new.nodes, strict=True))


def _same_place(old: NodeView, new: NodeView) -> bool:
    if (old.id, old.form, old.ghost, old.origin) != (new.id, new.form, new.ghost, new.origin):
        return False
    return old.form != "pill" or size_of(old) == size_of(new)


def _shared_prefix(titles: list[str]) -> int:
    """Length of what all titles begin with, up to a separator; 0 when something would be left bare."""
    if len(titles) < 2:
        return 0
    first, last = min(titles), max(titles)
    same = next((k for k, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    cut = max(first[:same].rfind(mark) for mark in "_./") + 1
    return cut if all(len(t) > cut for t in titles) else 0
