"""The picture of a design: nodes, edges and blocks with their share of one quantity."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import prod

from engine.advice import Finding, Severity
from engine.advice.words import resource_name
from engine.design import PE, REUSE_FACTOR, SIMD, WEIGHT, Design, Settings
from engine.estimate import RESOURCES, Cost, Estimate
from engine.flows.flow import BuiltLayer, Flow
from engine.network import UNCONNECTED, Layer, Network
from engine.precision import FixedType
from widgets import theme
from widgets.canvas.blocks import find_blocks
from widgets.canvas.model import Badge, BadgeKind, BlockView, CanvasModel, EdgeView, NodeView

NONE = "None"
CYCLES = "Cycles"
OVERLAYS = (NONE, *RESOURCES, CYCLES)
"""What the nodes may be coloured by."""
_DIGITS = 4
"""Finer differences of a share cannot be seen."""


@dataclass(frozen=True, slots=True)
class _Face:
    """The part of a node that does not move while a slider does."""

    title: str
    subtitle: str
    shape: str
    chips: tuple[str, ...]
    form: str
    group: str
    icon: str
    inputs: int
    tool_tip: str


class CanvasPresenter:
    """Builds canvas models; what an edit left alone stays the same object, which the canvas need not look at."""

    def __init__(self) -> None:
        self._basis: tuple[object, ...] = (None,) * 4
        self._faces: dict[str, tuple[Settings | None, _Face]] = {}
        self._nodes: dict[str, tuple[_Face, NodeView]] = {}
        self._wired: tuple[object, ...] | None = None
        """What the edges and blocks that are known follow from."""
        self._edges: tuple[EdgeView, ...] = ()
        self._blocks: tuple[BlockView, ...] = ()

    def model(
        self,
        design: Design,
        estimate: Estimate,
        flow: Flow,
        overlay: str,
        findings: tuple[Finding, ...] = (),
        folded: frozenset[str] = frozenset(),
        built: tuple[BuiltLayer, ...] = (),
    ) -> CanvasModel:
        """Everything the canvas shows; `built` adds what the converter inserts, as ghosts."""
        self._forget_faces(design)
        amounts = {each.name: _amount(each.cost, overlay) for each in estimate.layers}
        total = _amount(estimate.total, overlay) if overlay != NONE else 0.0
        badges, settings, unit = _badges(estimate, findings), dict(design.layers), _unit(overlay)
        nodes = []
        for layer in design.network.layers:
            name = layer.name
            amount = amounts.get(name, 0.0)
            share, text = (round(amount / total, _DIGITS), f"{amount:,.0f} {unit}") if total else (None, "")
            face = self._face(design, layer, settings.get(name), flow)
            nodes.append(self._node(name, face, share, text, badges.get(name, ())))
        self._find_edges_and_blocks(design, nodes, flow)
        slowest = {name for name, marks in badges.items() if any(mark.kind == "slowest" for mark in marks)}
        self._blocks = tuple(
            _block(block, folded, _block_amount(block, amounts, overlay), _facts(block, design.network, slowest))
            for block in self._blocks
        )
        ghosts, links = _ghosts(built)
        return CanvasModel((*nodes, *ghosts), (*self._edges, *links), self._blocks, dict(design.positions))

    def _node(self, name: str, face: _Face, share: float | None, text: str, badges: tuple[Badge, ...]) -> NodeView:
        known = self._nodes.get(name)
        if known is not None and known[0] is face:
            node = known[1]
            if node.share == share and node.share_text == text and node.badges == badges:
                return node
        node = NodeView(
            name,
            face.group,
            face.icon,
            face.title,
            face.subtitle,
            face.shape,
            face.chips,
            face.form,  # type: ignore[arg-type]
            share,
            text,
            badges,
            inputs=face.inputs,
            tooltip=face.tool_tip,
        )
        self._nodes[name] = (face, node)
        return node

    def _forget_faces(self, design: Design) -> None:
        """Where more than layers' own settings has changed, any face may have."""
        basis = (design.network, design.target, design.defaults, design.kinds)
        if any(old is not new for old, new in zip(self._basis, basis, strict=True)):
            self._basis = basis
            self._faces.clear()
            self._nodes.clear()

    def _face(self, design: Design, layer: Layer, settings: Settings | None, flow: Flow) -> _Face:
        known = self._faces.get(layer.name)
        if known is not None and known[0] is settings:
            return known[1]
        face = _make_face(design, layer, flow)
        self._faces[layer.name] = (settings, face)
        return face

    def _find_edges_and_blocks(self, design: Design, nodes: list[NodeView], flow: Flow) -> None:
        wiring = (design.network, design.target.io_type, design.fifo_depths)
        if self._wired is None or any(old is not new for old, new in zip(self._wired, wiring, strict=True)):
            self._wired = wiring
            self._edges = tuple(EdgeView(*edge, _skip(design, *edge[:2], flow)) for edge in _edges(design.network))
            self._blocks = tuple(find_blocks(nodes, self._edges))


def _make_face(design: Design, layer: Layer, flow: Flow) -> _Face:
    form, op = _form(design.network, layer), layer.op
    shape = design.network.shapes[layer.name]
    extents = "×".join(map(str, shape)) if shape else ""
    chips = _chips(design, layer, flow)
    title, subtitle = layer.name, op.subtitle()
    if form == "pill":
        # A pill has room for two short words: what it does and its type. Its name is in the tool tip.
        title, subtitle = (layer.name, extents) if op.GROUP == "io" else (op.subtitle(), chips[0] if chips else "")
    icon = theme.kind_icon_name(op.GROUP, op.KIND)
    tool_tip = f"{layer.name} · {op.subtitle()} · {extents}"
    return _Face(title, subtitle, extents, chips, form, op.GROUP, icon, len(layer.inputs), tool_tip)


def _chips(design: Design, layer: Layer, flow: Flow) -> tuple[str, ...]:
    if not _has_weights(design.network, layer):
        result = flow.resolve(design, layer.name, "result")
        return (result.value.short,) if result is not None and isinstance(result.value, FixedType) else ()
    weight = flow.resolve(design, layer.name, WEIGHT)
    chips = [weight.value.short] if weight is not None and isinstance(weight.value, FixedType) else []
    return (*chips, *_folding(design, layer, flow))


def _folding(design: Design, layer: Layer, flow: Flow) -> tuple[str, ...]:
    """`RF 72`; `PE 16×3`, outputs by inputs at once, where a flow folds both."""
    reuse = flow.resolve(design, layer.name, REUSE_FACTOR)
    if reuse is not None:
        return (f"RF {reuse.value}",)
    pe, simd = flow.resolve(design, layer.name, PE), flow.resolve(design, layer.name, SIMD)
    return (f"PE {pe.value}×{simd.value}",) if pe is not None and simd is not None else ()


def _form(network: Network, layer: Layer) -> str:
    if layer.op.GROUP == "merge":
        return "merge"
    return "card" if _has_weights(network, layer) else "pill"


def _has_weights(network: Network, layer: Layer) -> bool:
    return layer.op.GROUP in ("dense", "conv", "recurrent", "norm")


def _edges(network: Network) -> list[tuple[str, str, int]]:
    return [
        (source, layer.name, port)
        for layer in network.layers
        for port, source in enumerate(layer.inputs)
        if source != UNCONNECTED
    ]


def _skip(design: Design, source: str, target: str, flow: Flow) -> str:
    """What an edge that passes other layers by is called: a stream waits in a FIFO that hls4ml makes a picture deep."""
    network = design.network
    if network[target].op.GROUP != "merge" or all(name == target for name in network.consumers[source]):
        return ""
    shape = network.shapes[source]
    if design.target.io_type != "io_stream" or not shape:
        return "skip"
    chosen = dict(design.fifo_depths)
    name = flow.fifo_between(design, source, target) if chosen else ""
    return f"skip, FIFO {chosen.get(name, prod(shape[:-1]))} deep"


def _amount(cost: Cost, overlay: str) -> float:
    if overlay == NONE:
        return 0.0
    return cost.interval.value if overlay == CYCLES else cost.resource(overlay).value


def _unit(overlay: str) -> str:
    return "cycles" if overlay == CYCLES else resource_name(overlay)


def _badges(estimate: Estimate, findings: tuple[Finding, ...]) -> dict[str, tuple[Badge, ...]]:
    """The marks of each layer, one of a kind: its tool tip tells all that it stands for."""
    told: dict[str, dict[BadgeKind, list[str]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        if finding.severity >= Severity.RISK:
            for name in finding.layers[:1]:
                kind: BadgeKind = "over" if finding.severity is Severity.OVER else "risk"
                told[name][kind].append(f"{finding.title}. {finding.detail}")
    interval = estimate.total.interval.value
    slowest = [each.name for each in estimate.layers if interval and each.cost.interval.value >= 0.999 * interval]
    for name in slowest[:3]:
        told[name]["slowest"].append("Slowest layer: it sets the rate.")
    return {name: tuple(Badge(kind, "\n".join(words)) for kind, words in kinds.items()) for name, kinds in told.items()}


def _ghosts(built: tuple[BuiltLayer, ...]) -> tuple[list[NodeView], list[EdgeView]]:
    inserted = [layer for layer in built if layer.note == "inserted" and layer.sources]
    nodes = [
        NodeView(
            f"converter:{layer.name}",
            "shape",
            "link",
            layer.name,
            layer.kind,
            form="pill",
            ghost=True,
            origin=layer.sources[0],
            tooltip=f"{layer.kind}: inserted by the converter for {layer.sources[0]}",
        )
        for layer in inserted
    ]
    return nodes, []


def _block_amount(block: BlockView, amounts: Mapping[str, float], overlay: str) -> str:
    return f"{sum(amounts.get(name, 0.0) for name in block.members):,.0f} {_unit(overlay)}" if overlay != NONE else ""


def _facts(block: BlockView, network: Network, slowest: set[str]) -> tuple[str, str]:
    """The shape that leaves a block, and whether it holds the slowest layer."""
    shape = network.shapes[block.members[-1]]
    rate = "" if slowest.isdisjoint(block.members) else "sets the rate"
    return ("×".join(map(str, shape)) if shape else "", rate)


def _block(block: BlockView, folded: frozenset[str], amount: str, facts: tuple[str, str]) -> BlockView:
    subtitle = " · ".join(fact for fact in (facts[0], amount, facts[1]) if fact)
    if block.folded == (block.id in folded) and block.subtitle == subtitle:
        return block
    return replace(block, folded=block.id in folded, share_text=amount, subtitle=subtitle)
