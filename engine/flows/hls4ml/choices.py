"""What was chosen for each layer, gathered once an edit and kept for the layers that the edit left alone."""

from dataclasses import dataclass

from engine.design import (
    MULTIPLIERS,
    PARALLELIZATION_FACTOR,
    REUSE_FACTOR,
    STRATEGY,
    Design,
    Effective,
    Origin,
    Settings,
    choices_of,
)
from engine.design.settings import EMPTY
from engine.flows.hls4ml.roles import TABLES, chosen_types, roles
from engine.flows.hls4ml.rules import Strategy
from engine.network import Layer
from engine.precision import FixedType

CONV_IMPLEMENTATION = "conv_implementation"
TABLE_SIZE = "table_size"
IMPLEMENTATION = "implementation"
SKIP = "skip"
OTHER_KEYS = frozenset(
    [STRATEGY, REUSE_FACTOR, PARALLELIZATION_FACTOR, CONV_IMPLEMENTATION, TABLE_SIZE, IMPLEMENTATION, SKIP, MULTIPLIERS]
)
"""Settings of hls4ml's that are no types. Of `multipliers` the design's default counts; unset, Vitis HLS chooses."""

MODEL_PRECISION = "precision"
"""Key of the design's default: the type of whatever hls4ml cannot work out."""
FALLBACK_PRECISION = FixedType(16, 6)


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What a person or the model chose for one layer. Compared by identity: an untouched layer keeps its object."""

    layer: Layer
    chosen: dict[str, Effective]
    types: dict[str, Effective]
    """Those of `chosen` that are types: the same object as long as they stay equal."""
    shaping: int
    """What of it decides which layers are built, as bits: see `_shaping`."""
    strategy: str
    """The strategy asked for; hls4ml's own default is Latency."""

    def type(self, role: str) -> FixedType | None:
        """A chosen type; None where the converter is left to work it out."""
        found = self.chosen.get(role)
        return found.value if found is not None and isinstance(found.value, FixedType) else None

    def number(self, key: str, default: int) -> int:
        """A chosen whole number of at least 1."""
        found = self.chosen.get(key)
        return max(int(found.value), 1) if found is not None and isinstance(found.value, int | float) else default

    def word(self, key: str, default: str) -> str:
        """A chosen word, in lower case."""
        found = self.chosen.get(key)
        return found.value.lower() if found is not None and isinstance(found.value, str) else default

    def own(self, key: str) -> bool:
        """Whether a value is of the layer or its kind: the configuration names it beside the layer."""
        found = self.chosen.get(key)
        return found is not None and found.origin in (Origin.LAYER, Origin.KIND)

    def quantised(self, role: str) -> bool:
        """Whether the quantiser that the layer was trained with decides a type."""
        found = self.chosen.get(role)
        return found is not None and found.origin is Origin.MODEL

    @property
    def skips_softmax(self) -> bool:
        """Whether a softmax shall be left out of the hardware."""
        found = self.chosen.get(SKIP)
        return found is not None and found.value is True


def model_precision(design: Design) -> FixedType:
    """The type of whatever hls4ml cannot work out: the design's default, else hls4ml's ap_fixed<16,6>."""
    value = design.defaults.get(MODEL_PRECISION)
    return value if isinstance(value, FixedType) else FALLBACK_PRECISION


class Choices:
    """The choices of designs, each layer's reused while its layer, settings and the defaults stay the same.

    `strategy` is that of all layers, where nobody is asked for it.
    """

    def __init__(self, strategy: Strategy | None = None) -> None:
        self._strategy = strategy
        self._known: dict[str, tuple[tuple[Layer, tuple[Settings, Settings, Settings]], Choice]] = {}
        self._last: tuple[Design, dict[str, Choice]] | None = None

    def of(self, design: Design) -> dict[str, Choice]:
        """Choice by layer name. After an edit of single layers only theirs are gathered anew."""
        last, network = self._last, design.network
        if last is not None and differ_in_layers_only(last[0], design):
            choices, names = dict(last[1]), changed_layers(last[0], design)
            layers = [network[name] for name in names if name in network]
        else:
            choices, layers = {}, list(network.layers)
        own: dict[str, Settings] = dict(design.layers)
        kinds: dict[str, Settings] = dict(design.kinds)
        for layer in layers:
            settings = (own.get(layer.name, EMPTY), kinds.get(layer.op.KIND, EMPTY), design.defaults)
            choices[layer.name] = self._choice(layer, settings)
        self._last = (design, choices)
        return choices

    def _choice(self, layer: Layer, settings: tuple[Settings, Settings, Settings]) -> Choice:
        known = self._known.get(layer.name)
        # Comparing tuples asks for identity first, so that nothing is compared deeply where nothing changed.
        if known is not None and known[0] == (layer, settings):
            return known[1]
        if len(self._known) > _KEPT:
            self._known.clear()
        choice = _gathered(layer, settings, known[1].types if known else {}, self._strategy)
        self._known[layer.name] = ((layer, settings), choice)
        return choice


_KEPT = 20_000


def differ_in_layers_only(before: Design, after: Design) -> bool:
    """Whether what was set on single layers is all that tells two designs of one network apart, target aside."""
    same = before.network is after.network and before.defaults is after.defaults
    return same and before.kinds is after.kinds


def changed_layers(before: Design, after: Design) -> set[str]:
    """Layers whose settings are not the same objects: an edit leaves those of the others as they are."""
    old, new = dict(before.layers), dict(after.layers)
    return {name for name, settings in after.layers if old.get(name) is not settings} | (old.keys() - new.keys())


def _gathered(
    layer: Layer,
    settings: tuple[Settings, Settings, Settings],
    before: dict[str, Effective],
    strategy: Strategy | None,
) -> Choice:
    """The choice of a layer; `before`: the types it had, which stay if they are equal."""
    found = choices_of(layer, *settings)
    types = chosen_types(found, (*roles(layer), *TABLES))
    if types == before:
        types = before
    chosen = types | {key: value for key, value in found.items() if key in OTHER_KEYS}
    return Choice(layer, chosen, types, _shaping(chosen), strategy or _strategy(chosen))


def _shaping(chosen: dict[str, Effective]) -> int:
    """Results with a type of their own keep batch normalisations out, and so do quantised weights."""
    bits = 0
    for role, place in _RESULTS.items():
        if role in chosen and isinstance(chosen[role].value, FixedType):
            bits |= place
    for role, place in _WEIGHTS.items():
        if role in chosen and chosen[role].origin is Origin.MODEL:
            bits |= place
    return bits | (64 if SKIP in chosen and chosen[SKIP].value is True else 0)


def _strategy(chosen: dict[str, Effective]) -> str:
    word = str(chosen[STRATEGY].value).lower() if STRATEGY in chosen else ""
    return word if word in _STRATEGIES else Strategy.LATENCY.value


_STRATEGIES = frozenset(strategy.value for strategy in Strategy)
_RESULTS = {"result": 1, "depthwise_result": 2}
_WEIGHTS = {"weight": 4, "bias": 8, "depthwise": 16, "pointwise": 32}
