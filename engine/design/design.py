"""The document's value: a network, the hardware it is meant for, and what was chosen layer by layer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from engine.boards import Board
from engine.design.data_reference import DataReference
from engine.design.errors import DesignError
from engine.design.settings import EMPTY, RESULT, WEIGHT, Settings, Value
from engine.network import Layer, Network, NetworkError


class Origin(StrEnum):
    """Where an effective value comes from."""

    LAYER = "set on this layer"
    KIND = "set for this kind of layer"
    MODEL = "from the model's quantiser"
    DEFAULT = "inherited from the design"
    CONVERTER = "chosen by the converter"


@dataclass(frozen=True, slots=True)
class Effective:
    """A value in force and where it comes from; `asked` is what was chosen, where the tool would replace it."""

    value: Value
    origin: Origin
    asked: Value | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """Where the design shall run: board, clock period in ns, flow id, interface ('io_parallel' or 'io_stream')."""

    board: Board
    clock_ns: float
    flow: str = "vitis"
    io_type: str = "io_parallel"

    def __post_init__(self) -> None:
        if not 0.1 <= self.clock_ns <= 1000:
            raise DesignError(f"A clock period of {self.clock_ns:g} ns is outside 0.1 to 1,000 ns.")
        if self.io_type not in ("io_parallel", "io_stream"):
            raise DesignError(f"Interface '{self.io_type}' is not io_parallel or io_stream.")


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the design must reach: latency at most, in µs, and rate at least, in inferences per second."""

    max_latency_us: float | None = None
    min_rate: float | None = None


@dataclass(frozen=True, slots=True)
class Design:
    """Everything a person decides. Two equal designs mean the same hardware and the same picture."""

    name: str
    network: Network
    target: Target
    defaults: Settings = EMPTY
    kinds: tuple[tuple[str, Settings], ...] = ()
    layers: tuple[tuple[str, Settings], ...] = ()
    requirement: Requirement = field(default_factory=Requirement)
    positions: tuple[tuple[str, tuple[float, float]], ...] = ()
    """Where a person dragged a node to; the others are laid out."""
    fifo_depths: tuple[tuple[str, int], ...] = ()
    """Words of room, by the FIFO's name: `conv1 → relu1`, writer and reader as they are built. Those that are not named
    are as deep as the flow makes them, and names that no built FIFO has mean nothing."""
    data: DataReference | None = None
    """What the network is trained and judged on; None: the samples of the example that it is, else made-up ones."""

    def of_layer(self, name: str) -> Settings:
        """What was set on one layer itself."""
        return next((settings for layer, settings in self.layers if layer == name), EMPTY)

    def of_kind(self, kind: str) -> Settings:
        """What was set for one kind of layer."""
        return next((settings for each, settings in self.kinds if each == kind), EMPTY)

    def choices(self, name: str) -> dict[str, Effective]:
        """What a person or the model chose for a layer, by key; the converter decides the rest."""
        layer = self.network[name]
        return choices_of(layer, self.of_layer(name), self.of_kind(layer.op.KIND), self.defaults)

    def chosen(self, name: str, key: str) -> Effective | None:
        """One of these; None: the converter decides."""
        return self.choices(name).get(key)


def choices_of(layer: Layer, own: Settings, kind: Settings, defaults: Settings) -> dict[str, Effective]:
    """The nearest value of each key: the layer's own, of its kind, of the model's quantisers, of the design."""
    found = {key: Effective(value, Origin.DEFAULT) for key, value in defaults.items}
    for role, quantizer in layer.quantizers:
        # Constants are rounded before they are stored: only results need their quantiser's modes.
        type_ = quantizer.type() if role == RESULT else quantizer.storage_type()
        found[WEIGHT if role == "kernel" else role] = Effective(type_, Origin.MODEL)
    for settings, origin in ((kind, Origin.KIND), (own, Origin.LAYER)):
        for key, value in settings.items:
            found[key] = Effective(value, origin)
    return found


def hardware(design: Design) -> tuple[object, ...]:
    """What decides the hardware, to be compared: all but name, requirement, positions and data."""
    return design.network, design.target, design.defaults, design.kinds, design.layers, design.fifo_depths


def set_on_layers(design: Design, names: tuple[str, ...], key: str, value: Value | None) -> Design:
    """Set one key on layers, as one edit; None inherits it again."""
    for name in names:
        _ = design.network[name]
    own = dict(design.layers)
    changed = {name: own.get(name, EMPTY).with_(key, value) for name in names}
    return replace(design, layers=_merged(design.layers, changed))


def set_on_kind(design: Design, kind: str, key: str, value: Value | None) -> Design:
    """Set one key for every layer of a kind that does not set it itself."""
    return replace(design, kinds=_merged(design.kinds, {kind: design.of_kind(kind).with_(key, value)}))


def set_default(design: Design, key: str, value: Value | None) -> Design:
    """Set one key for the whole design."""
    return replace(design, defaults=design.defaults.with_(key, value))


def with_network(design: Design, network: Network, renamed: dict[str, str] | None = None) -> Design:
    """The design with an edited network: settings and positions follow renamed layers and leave with removed ones."""
    names = renamed or {}
    layers = tuple((names.get(n, n), s) for n, s in design.layers if names.get(n, n) in network)
    positions = tuple((names.get(n, n), p) for n, p in design.positions if names.get(n, n) in network)
    return replace(design, network=network, layers=layers, positions=positions)


def set_fifo_depths(design: Design, depths: Mapping[str, int]) -> Design:
    """Choose the depths of FIFOs; all others are as the flow makes them again."""
    for name, depth in depths.items():
        if depth < 1:
            raise DesignError(f"A FIFO holds at least one word; '{name}' cannot be {depth} deep.")
    return replace(design, fifo_depths=tuple(sorted(depths.items())))


def move(design: Design, positions: dict[str, tuple[float, float]]) -> Design:
    """Remember where nodes were dragged to."""
    for name in positions:
        if name not in design.network:
            raise NetworkError(f"There is no layer '{name}'.", name)
    kept = {**dict(design.positions), **positions}
    return replace(design, positions=tuple(sorted(kept.items())))


def set_data(design: Design, data: DataReference | None) -> Design:
    """Choose the data set."""
    return replace(design, data=data)


def _merged(pairs: tuple[tuple[str, Settings], ...], changed: dict[str, Settings]) -> tuple[tuple[str, Settings], ...]:
    # Pairs that stay are the same objects: thousands of undo steps share them.
    merged = {pair[0]: pair for pair in pairs}
    merged |= {name: (name, settings) for name, settings in changed.items()}
    return tuple([merged[name] for name in sorted(merged) if merged[name][1].items])
