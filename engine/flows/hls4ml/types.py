"""The types that hls4ml gives each built layer: what was chosen, and what it works out for `auto`.

Mirrors `model/optimizer/passes/infer_precision.py` of hls4ml 1.3. Whatever it cannot work out gets the model's
default type. Widths stop at MAX_WIDTH bits, past which ap_fixed itself stops.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, log2, prod

from engine.flows.hls4ml.choices import Choice
from engine.flows.hls4ml.class_names import step_levels
from engine.flows.hls4ml.nodes import AXES, DEPTHWISE, POINTWISE, REPACKED, SCALE, THRESHOLD, UNSCALED, Node
from engine.flows.hls4ml.quantisers import weight_words
from engine.flows.hls4ml.roles import SOFTMAX_ACCUM
from engine.network.kinds import ParametricActivation
from engine.precision import FixedType, Overflow, Rounding, parse
from engine.precision.fixed import MAX_WIDTH
from engine.precision.quantizer import QuantizerKind

Types = dict[str, FixedType]
"""By hls4ml's name without `_t`: result, weight, bias, accum, table, ..."""

PASSED_ON = "passed_on"
"""Not a type of the hardware: what later layers infer theirs from, where that is not the result."""

ONE_BIT = FixedType(1, 1, signed=False)
"""hls4ml's type of a bias that is not there, and of binary weights."""
_TABLE = FixedType(18, 8)
_SOFTMAX_TABLE = parse(SOFTMAX_ACCUM)
_RECURRENT = ("LSTM", "GRU", "SimpleRNN")


@dataclass(frozen=True, slots=True)
class Known:
    """What an inference starts from."""

    node: Node
    choice: Choice
    inputs: tuple[FixedType, ...]
    default: FixedType
    copied: FixedType | None = None

    def chosen(self, role: str) -> FixedType | None:
        """The chosen type of one of the built layer's roles; halves of a layer have roles of their own."""
        return self.choice.type(_ROLES.get(self.node.half, {}).get(role, role))

    def own(self, role: str, otherwise: FixedType | None = None) -> FixedType:
        """The chosen type, or what takes its place."""
        return self.chosen(role) or otherwise or self.default


_ROLES = {
    DEPTHWISE: {"weight": "depthwise", "accum": "depthwise_accum", "result": "depthwise_result"},
    POINTWISE: {"weight": "pointwise", "accum": "pointwise_accum"},
    UNSCALED: {"result": ""},
    AXES: {"result": ""},
    THRESHOLD: {"result": ""},
    SCALE: {"scale": ""},
}


def types_of(
    node: Node, choice: Choice, inputs: tuple[FixedType, ...], default: FixedType, copied: FixedType | None
) -> Types:
    """All types of a built layer, from those of what it reads; `copied` is the one chosen for `node.copies`."""
    known = Known(node, choice, inputs, default, copied)
    return _RULES.get(node.kind, _default_result)(known)


def _default_result(known: Known) -> Types:
    """Input, activations and whatever hls4ml has no rule for."""
    return {"result": known.own("result")}


def _activation(known: Known) -> Types:
    return {"result": known.own("result"), "table": known.own("table", _TABLE)}


def _parametrised(known: Known) -> Types:
    op = known.node.layer.op
    quantizer = known.node.layer.quantizer("result")
    if known.node.kind == "PReLU" or getattr(op, "function", "") == "thresholded_relu":
        inferred = known.inputs[0]
    elif isinstance(op, ParametricActivation):
        inferred = constant_type(op.alpha)
    else:
        inferred = constant_type(quantizer.slope if quantizer is not None and quantizer.slope else 1.0)
    return {**_activation(known), "param": known.own("param", inferred)}


def _softmax(known: Known) -> Types:
    assert isinstance(_SOFTMAX_TABLE, FixedType)
    tables = {role: known.own(role, _SOFTMAX_TABLE) for role in ("exp_table", "inv_table", "inv_inp", "accum")}
    return {"result": known.own("result"), **tables}


def _matching(known: Known) -> Types:
    """Layers that move values: the type of what flows in, whatever was chosen for them."""
    # hls4ml forgets the type of regrouped words where they are copied.
    return {"result": known.default if known.node.half == REPACKED else known.copied or known.inputs[0]}


def _reshape(known: Known) -> Types:
    """Wires keep the type of what flows in; what follows is nevertheless inferred from the chosen one."""
    return {"result": known.inputs[0], PASSED_ON: known.own("result", known.inputs[0])}


def _thresholds(known: Known) -> Types:
    """One bit for a sign, two for a sign or zero; what follows has been inferred before the merge."""
    result = ONE_BIT if step_levels(known.node.layer) == 2 else FixedType(2, 2)
    return {"result": result, PASSED_ON: known.own("result")}


def _repack(known: Known) -> Types:
    return {"result": known.own("result", known.inputs[0])}


def _product(operations: Callable[[Node], int]) -> Callable[[Known], Types]:
    """Dense and convolutions: wide enough for the sum of `operations` products and the bias."""

    def infer(known: Known) -> Types:
        weight, bias = _weight(known), _bias(known)
        wide = sum_type(known.inputs[0], weight, bias, operations(known.node))
        if _encodes(known):
            wide = known.default
        return {
            "weight": weight,
            "bias": bias,
            "accum": known.own("accum", wide),
            "result": known.own("result", wide),
        }

    return infer


def _weight(known: Known) -> FixedType:
    role = _ROLES.get(known.node.half, {}).get("weight", "weight")
    return _stored(known, role, {"weight": "kernel"}.get(role, role)) or known.own("weight")


def _bias(known: Known) -> FixedType:
    """hls4ml writes zeros of one bit where a layer has no bias."""
    has_bias = getattr(known.node.layer.op, "use_bias", True) or known.node.merged or known.node.half == UNSCALED
    if not has_bias or known.node.half == DEPTHWISE:
        return ONE_BIT
    return _stored(known, "bias", "bias") or known.own("bias")


def _stored(known: Known, role: str, weight: str) -> FixedType | None:
    """The type of weights whose quantiser is in force; None where another type is."""
    quantizer = known.node.layer.quantizer(weight)
    node = known.node
    # The quantiser of a bias comes back with the scale that is merged behind.
    forgotten = node.forgets_quantisers and not (weight == "bias" and node.layer in node.merged)
    if quantizer is None or not known.choice.quantised(role) or forgotten:
        return None
    words = weight_words(quantizer, is_kernel=weight != "bias")
    if words["family"] == "fixed":
        return quantizer.storage_type()
    return FixedType(words["bits"], words["bits"], words["family"] != "xnor")


_ENCODED = (QuantizerKind.POWER_OF_TWO, QuantizerKind.RELU_POWER_OF_TWO, QuantizerKind.BINARY)


def _encodes(known: Known) -> bool:
    """Powers of two are stored as exponents and signs as one bit; hls4ml makes no sum types of those."""
    role = {POINTWISE: "pointwise", DEPTHWISE: "depthwise"}.get(known.node.half, "weight")
    quantizer = known.node.layer.quantizer({"weight": "kernel"}.get(role, role))
    in_force = known.choice.quantised(role) and not known.node.forgets_quantisers
    return quantizer is not None and quantizer.kind in _ENCODED and in_force


def _norm(known: Known) -> Types:
    scale = known.own("scale")
    bias = _stored(known, "bias", "bias") or known.own("bias")
    product = _fixed(
        known.inputs[0].width + scale.width,
        known.inputs[0].integer + scale.integer,
        known.inputs[0].signed or scale.signed,
    )
    return {"scale": scale, "bias": bias, "result": known.own("result", added(product, bias))}


def _pooling(known: Known) -> Types:
    source = known.inputs[0]
    op = known.node.layer.op
    extra = ceil(log2(prod(getattr(op, "pool", (1,)))))
    average = _fixed(source.width + 2 * extra, source.integer + extra, source.signed)
    accum = average if getattr(op, "mode", "max") == "average" else source
    return {"accum": known.own("accum", accum), "result": known.own("result", source)}


def _global_pooling(known: Known) -> Types:
    return {"accum": known.own("accum"), "result": known.own("result")}


def _merge(known: Known) -> Types:
    operation = getattr(known.node.layer.op, "operation", "add")
    first, second = known.inputs[0], known.inputs[1]
    if operation in ("add", "subtract", "average"):
        inferred = added(first, second, signed=operation == "subtract")
    elif operation == "multiply":
        inferred = _fixed(first.width + second.width, first.integer + second.integer, first.signed or second.signed)
    else:
        inferred = first if first == second else covering(first, second)
    return {"result": known.own("result", inferred)}


def _dot(known: Known) -> Types:
    first, second = known.inputs[0], known.inputs[1]
    extra = ceil(log2(known.node.input_shapes[0][0]))
    inferred = _fixed(
        first.width + second.width + extra, first.integer + second.integer + extra, first.signed or second.signed
    )
    return {"accum": known.own("accum"), "result": known.own("result", inferred)}


def _concatenate(known: Known) -> Types:
    first, second = known.inputs[0], known.inputs[1]
    if first == second:
        return {"result": known.own("result", first)}
    inferred = covering(first, second).changed(
        rounding=first.rounding if first.rounding is not Rounding.TRN else second.rounding,
        overflow=first.overflow if first.overflow is not Overflow.WRAP else second.overflow,
        saturation_bits=first.saturation_bits or second.saturation_bits,
    )
    return {"result": known.own("result", inferred)}


def _recurrent(known: Known) -> Types:
    roles = ("weight", "bias", "recurrent_weight", "recurrent_bias", "accum", "result")
    return {**{role: known.own(role) for role in roles}, "table": known.own("table", _TABLE)}


_RULES: dict[str, Callable[[Known], Types]] = {
    "Dense": _product(lambda node: node.input_shapes[0][-1]),
    **{
        f"{prefix}Conv{axes}D": _product(
            lambda node: (
                prod(getattr(node.layer.op, "kernel", (1,)) if node.half != POINTWISE else (1,))
                * (1 if node.kind.startswith("Depthwise") else node.input_shapes[0][-1])
            )
        )
        for prefix in ("", "Pointwise", "Depthwise")
        for axes in (1, 2)
    },
    **dict.fromkeys(("BatchNormalization", "ApplyAlpha"), _norm),
    **dict.fromkeys(("Clone", "Resize", "Transpose", "ZeroPadding1D", "ZeroPadding2D", "Broadcast"), _matching),
    "Reshape": _reshape,
    "Repack": _repack,
    "BatchNormalizationQuantizedTanh": _thresholds,
    **dict.fromkeys(("Pooling1D", "Pooling2D"), _pooling),
    **dict.fromkeys(("GlobalPooling1D", "GlobalPooling2D"), _global_pooling),
    **dict.fromkeys(_RECURRENT, _recurrent),
    "Activation": _activation,
    "ParametrizedActivation": _parametrised,
    "PReLU": _parametrised,
    "Softmax": _softmax,
    "Merge": _merge,
    "Dot": _dot,
    "Concatenate": _concatenate,
}


def sum_type(source: FixedType, weight: FixedType, bias: FixedType, operations: int) -> FixedType:
    """The type that holds any sum of so many products and a bias exactly."""
    growth = ceil(log2(operations))
    product = _fixed(
        source.width + weight.width + growth,
        source.integer + weight.integer + growth,
        source.signed or weight.signed,
    )
    return added(product, bias)


def added(first: FixedType, second: FixedType, *, signed: bool = False) -> FixedType:
    """The type that holds any sum of two values exactly; `signed` where the second is subtracted."""
    integer = 1 + max(
        first.integer + (second.signed and not first.signed), second.integer + (first.signed and not second.signed)
    )
    return _fixed(integer + max(first.fraction, second.fraction), integer, first.signed or second.signed or signed)


def covering(first: FixedType, second: FixedType) -> FixedType:
    """The type that holds the values of both exactly."""
    signed = first.signed or second.signed
    integer = max(each.integer + (signed and not each.signed) for each in (first, second))
    return _fixed(integer + max(first.fraction, second.fraction), integer, signed)


def constant_type(value: float, most: int = 8) -> FixedType:
    """The type hls4ml stores a constant in: exact, or its first `most` bits and the sign."""
    if value == 0:
        return ONE_BIT
    signed = value < 0
    numerator, denominator = value.as_integer_ratio()
    zeros_behind = (numerator & -numerator).bit_length() - 1
    fraction = denominator.bit_length() - 1 - zeros_behind
    integer = ceil(log2(-value if signed else value + 2.0**-fraction))
    return _fixed(signed + min(integer + fraction, most), signed + integer, signed)


def _fixed(width: int, integer: int, signed: bool) -> FixedType:
    return FixedType(min(max(width, 1), MAX_WIDTH), min(integer, MAX_WIDTH - 1), signed)
