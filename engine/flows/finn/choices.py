"""What was chosen for the layers of a design, looked up once for all of them."""

from copy import copy
from dataclasses import dataclass, field

from engine.design import EMPTY, MULTIPLIERS, PE, SIMD, Design, Effective, Origin, Settings, Value, choices_of
from engine.flows.finn.cost.matrix import Memory, Multipliers, Ram
from engine.network import Layer
from engine.precision import FixedType
from engine.precision.quantizer import QuantizerKind

WINDOW_SIMD = "window_simd"
DEPTHWISE_PE = "depthwise_pe"
MEMORY = "mem_mode"
RAM = "ram_style"
WINDOW_RAM = "window_ram_style"
THRESHOLDS = "thresholds"
FUSED, SEPARATE = "fused", "separate"
FOLDS = (PE, SIMD, WINDOW_SIMD, DEPTHWISE_PE)
"""Settings that fold a layer: divisors of its extents."""
WORDS: dict[str, tuple[str, ...]] = {
    MEMORY: tuple(Memory),
    RAM: tuple(Ram),
    WINDOW_RAM: tuple(Ram),
    MULTIPLIERS: tuple(Multipliers),
    THRESHOLDS: (FUSED, SEPARATE),
}
"""Settings that are a choice of words, the usual one first."""

DEFAULT_TYPE = FixedType(16, 6)
"""Type of inputs that nobody has chosen one for: as in hls4ml's flows."""
MOST_THRESHOLD_BITS = 8
"""Widest activation that FINN turns into thresholds (`default_filter_function_generator`): 255 of them."""


@dataclass(slots=True)
class Choices:
    """The choices of one design."""

    design: Design
    _layers: dict[str, Settings] = field(init=False)
    _kinds: dict[str, Settings] = field(init=False)

    def __post_init__(self) -> None:
        self._layers, self._kinds = dict(self.design.layers), dict(self.design.kinds)

    def with_(self, layer: str, settings: Settings) -> "Choices":
        """The same choices with more of them made on one layer."""
        own = self._layers.get(layer, EMPTY)
        for key, value in settings.items:
            own = own.with_(key, value)
        made = copy(self)
        made._layers = {**self._layers, layer: own}
        return made

    def chosen(self, layer: Layer, key: str) -> Effective | None:
        """What a person or the model chose; None: the flow decides."""
        own, kind = self._of(layer)
        return choices_of(layer, own, kind, self.design.defaults).get(key)

    def number(self, layer: Layer, key: str) -> int | None:
        """A chosen whole number of at least 1; quicker than `chosen`, as models choose none."""
        value = self._value(layer, key)
        return max(int(value), 1) if isinstance(value, int | float) else None

    def word(self, layer: Layer, key: str) -> str | None:
        """A chosen word that means something here."""
        value = str(self._value(layer, key)).lower()
        return value if value in WORDS[key] else None

    def origin(self, layer: Layer, key: str) -> Origin:
        """Where a value comes from."""
        found = self.chosen(layer, key)
        return found.origin if found is not None else Origin.CONVERTER

    def type(self, layer: Layer, role: str) -> FixedType | None:
        """A chosen type."""
        found = self.chosen(layer, role)
        return found.value if found is not None and isinstance(found.value, FixedType) else None

    def bits(self, layer: Layer, role: str) -> int | None:
        """Bits of a type; a binary quantiser's numbers are one bit, though their fixed-point type has two."""
        found = self.chosen(layer, role)
        if found is None or not isinstance(found.value, FixedType):
            return None
        quantizer = layer.quantizer("kernel" if role == "weight" else role)
        if found.origin is Origin.MODEL and quantizer is not None and quantizer.kind is QuantizerKind.BINARY:
            return 1
        return found.value.width

    def _of(self, layer: Layer) -> tuple[Settings, Settings]:
        return self._layers.get(layer.name, EMPTY), self._kinds.get(layer.op.KIND, EMPTY)

    def _value(self, layer: Layer, key: str) -> Value | None:
        for settings in (*self._of(layer), self.design.defaults):
            value = settings.get(key)
            if value is not None:
                return value
        return None
