"""How a layer's values are held in hardware: by a trained quantiser, in a fixed-point type, or by both in turn."""

from dataclasses import dataclass
from math import ceil, log2, prod

from engine.design import ACCUM, BIAS, RESULT, WEIGHT, Design, Effective, Origin
from engine.flows.flow import Flow
from engine.flows.registry import flow
from engine.network import Layer
from engine.precision import FixedType
from engine.precision.quantizer import Quantizer, QuantizerKind

_KEYS = {"kernel": WEIGHT, "bias": BIAS, "alpha": "param", "recurrent_kernel": "recurrent_weight"}
"""Setting by the weight's role where the two have different names."""
_FIXED = (QuantizerKind.BITS, QuantizerKind.RELU)
_PRODUCTS = ("dense", "conv")


@dataclass(frozen=True, slots=True)
class Held:
    """First the quantiser, then the type; both None: as it is."""

    quantizer: Quantizer | None = None
    type: FixedType | None = None

    def __bool__(self) -> bool:
        return self.quantizer is not None or self.type is not None


NOT_HELD = Held()


class Arithmetic:
    """Answers how each value of one design is held, as its flow builds it."""

    def __init__(self, design: Design) -> None:
        self._design = design
        self._flow: Flow = flow(design.target.flow)
        self._norms = _merged_norms(self._flow, design)

    def weight(self, layer: Layer, role: str) -> Held:
        """A layer's weights."""
        effective = self._flow.resolve(self._design, layer.name, _KEYS.get(role, role))
        quantizer = layer.quantizer(role)
        if quantizer is None:
            return Held(type=_type(effective))
        if effective is not None and effective.origin is not Origin.MODEL:
            return Held(quantizer, _type(effective))
        return Held(type=quantizer.type()) if is_fixed(quantizer) else Held(quantizer)

    def constant(self, layer: Layer, key: str) -> Held:
        """Something that hardware works out of the weights, like the factor of a norm."""
        return Held(type=_type(self._flow.resolve(self._design, layer.name, key)))

    def sums(self, layer: Layer) -> tuple[FixedType, ...]:
        """The types that a sum goes through, in order, of those that do not hold it exactly."""
        found = [_type(self._flow.resolve(self._design, layer.name, key)) for key in (ACCUM, RESULT)]
        exact = self.exact_sum(layer) if layer.op.GROUP in _PRODUCTS else None
        return tuple(each for each in found if each is not None and not (exact and _holds(each, exact)))

    def accum(self, layer: Layer) -> FixedType | None:
        """The type of a mean's sum, and of all that a recurrent layer adds up."""
        return _type(self._flow.resolve(self._design, layer.name, ACCUM))

    def result(self, layer: Layer) -> Held:
        """What an activation, a merge or a pooling gives; the quantiser holds the function too."""
        effective = self._flow.resolve(self._design, layer.name, RESULT)
        quantizer = layer.quantizer(RESULT)
        if quantizer is None or is_fixed(quantizer):
            return Held(type=_type(effective))
        return Held(quantizer, None if effective is None or effective.origin is Origin.MODEL else _type(effective))

    def norm_in(self, layer: Layer) -> str:
        """The norm that is merged into the weights of a layer, or ''."""
        return self._norms.get(layer.name, "")

    def exact_sum(self, layer: Layer) -> FixedType | None:
        """What would hold any sum of a layer; None where that is not known."""
        source = self._source_type(layer.inputs[0])
        kernel, bias = self.weight(layer, "kernel"), self.weight(layer, "bias")
        if source is None or kernel.type is None:
            return None
        shapes = self._design.network.input_shapes(layer.name) or ((1,),)
        terms = prod(getattr(layer.op, "kernel", (1,))) * shapes[0][-1]
        added = bias.type or kernel.type
        fraction = max(source.fraction + kernel.type.fraction, added.fraction)
        integer = max(source.integer + kernel.type.integer + ceil(log2(terms)), added.integer) + 1
        return FixedType(max(integer + fraction, 1), integer)

    def _source_type(self, name: str) -> FixedType | None:
        """The type of what a layer reads, through those that only move values."""
        layer = self._design.network[name]
        while (found := self.result(layer).type) is None and layer.inputs and layer.op.GROUP in ("shape", "norm"):
            layer = self._design.network[layer.inputs[0]]
        return found


class AsTrained(Arithmetic):
    """The network's own quantisers, which it was trained with, and nothing that hardware adds: what the studio calls
    the float network."""

    def __init__(self) -> None:
        """Of a network alone: no flow is asked."""

    def weight(self, layer: Layer, role: str) -> Held:
        """As its quantiser has it."""
        return _trained(layer.quantizer(role))

    def result(self, layer: Layer) -> Held:
        """As its quantiser has it."""
        return _trained(layer.quantizer(RESULT))

    def constant(self, layer: Layer, key: str) -> Held:
        """As it is."""
        return NOT_HELD

    def sums(self, layer: Layer) -> tuple[FixedType, ...]:
        """Exact, unless a quantiser follows at once."""
        held = _trained(layer.quantizer(RESULT)).type
        return () if held is None else (held,)

    def accum(self, layer: Layer) -> FixedType | None:
        """Wide enough."""
        return None

    def norm_in(self, layer: Layer) -> str:
        """Norms stay layers of their own."""
        return ""


def is_fixed(quantizer: Quantizer) -> bool:
    """Whether a quantiser does no more than rounding to a fixed-point type."""
    plain = quantizer.alpha in ("", 1) and not quantizer.slope
    return quantizer.kind in _FIXED and plain and quantizer.bits > quantizer.signed


def _trained(quantizer: Quantizer | None) -> Held:
    if quantizer is None:
        return NOT_HELD
    return Held(type=quantizer.type()) if is_fixed(quantizer) else Held(quantizer)


def _type(effective: Effective | None) -> FixedType | None:
    return effective.value if effective is not None and isinstance(effective.value, FixedType) else None


def _holds(type_: FixedType, exact: FixedType) -> bool:
    return type_.fraction >= exact.fraction and type_.integer >= exact.integer - 1 and type_.signed


def _merged_norms(flow_: Flow, design: Design) -> dict[str, str]:
    """Layer of products → the norm that is built into it."""
    merged: dict[str, str] = {}
    for built in flow_.lower(design):
        groups = {design.network[name].op.GROUP: name for name in reversed(built.sources)}
        product = next((groups[group] for group in _PRODUCTS if group in groups), None)
        if product is not None and "norm" in groups:
            merged[product] = groups["norm"]
    return merged
