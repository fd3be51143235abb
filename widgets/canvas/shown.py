"""The part of a model that is on screen: folded blocks become one card."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from widgets.canvas.model import Badge, BlockView, CanvasModel, EdgeView, NodeView

_BADGE_ORDER = ("over", "risk", "slowest", "info")


@dataclass(frozen=True, slots=True)
class Shown:
    """Visible nodes, edges and open blocks; `home` leads from a folded member to its block's card."""

    nodes: tuple[NodeView, ...]
    edges: tuple[EdgeView, ...]
    blocks: tuple[BlockView, ...]
    home: Mapping[str, str]
    attached: Mapping[str, tuple[NodeView, ...]]
    """Ghosts without wires, by the visible node from which they come; they hang on it."""


def shown(model: CanvasModel) -> Shown:
    """What of `model` is drawn."""
    nodes, edges = model.nodes, model.edges
    home = _homes(model.blocks, nodes)
    if home:
        nodes, edges = _fold(nodes, edges, model.blocks, home)
    blocks = tuple(b for b in model.blocks if not b.folded and not _inside_fold(b, home))
    attached = _attached(nodes, edges)
    if attached:
        blocks = tuple(replace(b, members=_with_ghosts(b.members, attached)) for b in blocks)
    return Shown(nodes, edges, blocks, home, attached)


def _attached(nodes: tuple[NodeView, ...], edges: tuple[EdgeView, ...]) -> dict[str, tuple[NodeView, ...]]:
    ghosts = [n for n in nodes if n.ghost and n.origin]
    if not ghosts:
        return {}
    known, wired = {n.id for n in nodes}, {end for e in edges for end in (e.source, e.target)}
    attached: dict[str, tuple[NodeView, ...]] = {}
    for ghost in ghosts:
        if ghost.origin in known and ghost.id not in wired:
            attached[ghost.origin] = (*attached.get(ghost.origin, ()), ghost)
    return attached


def _with_ghosts(members: tuple[str, ...], attached: Mapping[str, tuple[NodeView, ...]]) -> tuple[str, ...]:
    return (*members, *(ghost.id for m in members for ghost in attached.get(m, ())))


def _homes(blocks: Iterable[BlockView], nodes: Sequence[NodeView]) -> dict[str, str]:
    known = {n.id for n in nodes}
    home: dict[str, str] = {}
    for block in sorted(blocks, key=lambda b: len(b.members)):
        if block.folded:
            home.update((m, block.id) for m in block.members if m in known)
    if home:
        home.update((n.id, home[n.origin]) for n in nodes if n.ghost and n.origin in home)
    return home


def _inside_fold(block: BlockView, home: Mapping[str, str]) -> bool:
    return bool(block.members) and all(m in home for m in block.members)


def _fold(
    nodes: tuple[NodeView, ...],
    edges: tuple[EdgeView, ...],
    blocks: tuple[BlockView, ...],
    home: Mapping[str, str],
) -> tuple[tuple[NodeView, ...], tuple[EdgeView, ...]]:
    by_id = {b.id: b for b in blocks}
    members: dict[str, list[NodeView]] = {}
    for node in nodes:
        if node.id in home:
            members.setdefault(home[node.id], []).append(node)
    kept: list[NodeView] = []
    done: set[str] = set()
    for node in nodes:
        block_id = home.get(node.id)
        if block_id is None:
            kept.append(node)
        elif block_id not in done:
            done.add(block_id)
            kept.append(folded_card(by_id[block_id], members[block_id]))
    return tuple(kept), _lifted(edges, home)


def _lifted(edges: tuple[EdgeView, ...], home: Mapping[str, str]) -> tuple[EdgeView, ...]:
    """Edges between what is visible; those inside one folded block vanish, doubles become one."""
    seen: dict[tuple[str, str, int], EdgeView] = {}
    for edge in edges:
        source, target = home.get(edge.source, edge.source), home.get(edge.target, edge.target)
        if source == target:
            continue
        port = 0 if edge.target in home else edge.port
        seen.setdefault((source, target, port), EdgeView(source, target, port, edge.label))
    return tuple(seen.values())


def folded_card(block: BlockView, members: list[NodeView]) -> NodeView:
    """The card that stands for a folded block: number of layers, summed share, gathered badges."""
    shares = [n.share for n in members if n.share is not None]
    kinds = {badge.kind: badge for node in members for badge in node.badges}
    badges = tuple(Badge(k, kinds[k].tooltip) for k in _BADGE_ORDER if k in kinds)
    heaviest = max(members, key=lambda n: n.share or 0.0)
    return NodeView(
        id=block.id,
        group=heaviest.group,
        icon="layers",
        title=block.title,
        subtitle=f"{sum(not n.ghost for n in members)} layers, folded",
        shape=members[-1].shape,
        share=sum(shares) if shares else None,
        share_text=block.share_text,
        badges=badges,
        tooltip=block.subtitle,
    )
