"""Reading QKeras's descriptions of quantisers: texts like `quantized_bits(8,2,alpha=1)`, or JSON objects."""

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.precision.quantizer import Quantizer, QuantizerKind
from engine.readers.fields import Fields

_LONGEST = 1000
_MOST_BITS = 64
_LARGEST_INTEGER = 256
_AUTOMATIC = ("auto", "auto_po2")

# Arguments in QKeras 0.9's order.
_ARGUMENTS = {
    "quantized_bits": "bits integer symmetric keep_negative alpha use_stochastic_rounding scale_axis qnoise_factor "
    "var_name use_ste use_variables",
    "quantized_relu": "bits integer use_sigmoid negative_slope use_stochastic_rounding relu_upper_bound "
    "is_quantized_clip qnoise_factor var_name use_ste use_variables",
    "quantized_tanh": "bits use_stochastic_rounding symmetric use_real_tanh",
    "quantized_sigmoid": "bits symmetric use_real_sigmoid use_stochastic_rounding",
    "binary": "use_01 alpha use_stochastic_rounding",
    "stochastic_binary": "alpha temperature use_real_sigmoid",
    "ternary": "alpha threshold use_stochastic_rounding number_of_unrolls",
    "stochastic_ternary": "alpha threshold temperature use_real_sigmoid number_of_unrolls",
    "quantized_po2": "bits max_value use_stochastic_rounding quadratic_approximation log2_rounding qnoise_factor "
    "var_name use_ste use_variables",
    "quantized_relu_po2": "bits max_value negative_slope use_stochastic_rounding quadratic_approximation "
    "log2_rounding qnoise_factor var_name use_ste use_variables",
}
# What changes training only: at inference these quantisers do not draw lots.
_WITHOUT_EFFECT = {"use_stochastic_rounding", "var_name", "use_ste", "use_variables", "temperature", "relu_upper_bound"}
_PLAIN = {
    "qnoise_factor": (1.0,),
    "scale_axis": (None,),
    "number_of_unrolls": (5,),
    "use_sigmoid": (0,),
    "is_quantized_clip": (True,),
}
"""Settings that are only understood with these values."""


class SpecError(ValueError):
    """A quantiser that is not supported; the message says why, `remedy` what would do."""

    def __init__(self, message: str, remedy: str = "Use quantized_bits with alpha=1 instead.") -> None:
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Spec:
    """A function by name with its arguments, as far as it is a quantiser of QKeras."""

    name: str
    arguments: Mapping[str, Any]


def read_spec(value: Any, where: str) -> Spec | None:
    """The function that a text or object describes; None for none. Nothing is evaluated but literals.

    Raises SpecError or ModelFileError.
    """
    if value is None:
        return None
    if isinstance(value, str):
        return _from_text(value)
    fields = Fields(value, where)
    if fields.raw("class_name", None) == "function":
        return Spec(fields.text("config"), {})
    config = fields.raw("config", {})
    return Spec(fields.text("class_name"), Fields({} if config is None else config, where).values)


def is_quantizer(spec: Spec) -> bool:
    """Whether it is one of QKeras's quantisers and not a plain activation function."""
    return spec.name in _ARGUMENTS


def to_quantizer(spec: Spec, where: str, trained: bool = False) -> Quantizer:
    """The quantiser as a value. `trained`: of weights whose scale QKeras finds itself if none is given.

    Raises SpecError for what is not supported, ModelFileError for nonsense.
    """
    if spec.name not in _ARGUMENTS:
        raise SpecError(f"the quantiser {spec.name} is not supported")
    fields = Fields(spec.arguments, f"{where}, {spec.name}")
    _refuse_unknown(spec)
    quantizer = _quantizer(spec.name.removeprefix("stochastic_"), fields, trained)
    try:
        quantizer.type()
    except ValueError as error:
        raise SpecError(f"{spec.name}: {str(error).rstrip('.')}", "Use fewer bits.") from None
    if quantizer.kind is QuantizerKind.BITS and quantizer.bits == 1 and str(quantizer.alpha).startswith("auto"):
        raise SpecError("quantized_bits with one bit cannot find its scale", "Use binary(alpha=1).")
    return quantizer


def _from_text(text: str) -> Spec:
    if len(text) > _LONGEST:
        raise SpecError("the description of a quantiser is too long")
    try:
        node = ast.parse(text.strip(), mode="eval").body
        if isinstance(node, ast.Name):
            return Spec(node.id, {})
        assert isinstance(node, ast.Call)
        assert isinstance(node.func, ast.Name)
        names = _ARGUMENTS.get(node.func.id, "").split()
        positional = [ast.literal_eval(argument) for argument in node.args]
        named = {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in node.keywords}
    except (SyntaxError, ValueError, TypeError, AssertionError, MemoryError, RecursionError):
        raise SpecError(f"'{text[:60]}' is not the description of a quantiser") from None
    if len(positional) > len(names):
        raise SpecError(f"'{text[:60]}' has too many arguments")
    return Spec(node.func.id, dict(zip(names, positional, strict=False)) | named)


def _refuse_unknown(spec: Spec) -> None:
    known = set(_ARGUMENTS[spec.name].split()) - set(_PLAIN)
    for name, value in spec.arguments.items():
        if name in _PLAIN and value not in _PLAIN[name]:
            raise SpecError(f"{spec.name} with {name}={value!r} is not supported")
        if name not in known and name not in _PLAIN and name not in _WITHOUT_EFFECT and value not in (None, False, 0):
            raise SpecError(f"{spec.name} with {name}={value!r} is not supported")


def _quantizer(name: str, fields: Fields, trained: bool) -> Quantizer:
    kind = QuantizerKind(name)
    bits = {QuantizerKind.BINARY: 1, QuantizerKind.TERNARY: 2}.get(kind)
    alpha = _alpha(fields, trained and kind in (QuantizerKind.BITS, QuantizerKind.BINARY, QuantizerKind.TERNARY))
    return Quantizer(
        kind=kind,
        bits=_bounded(fields, "bits", 8, 1, _MOST_BITS) if bits is None else bits,
        integer=_bounded(fields, "integer", 0, -_LARGEST_INTEGER, _LARGEST_INTEGER),
        signed=fields.flag("keep_negative", True) and not fields.flag("use_01", False),
        # QKeras knows automatic scales of symmetric grids only.
        symmetric=fields.flag("symmetric", False) or (kind is QuantizerKind.BITS and alpha in _AUTOMATIC),
        alpha=alpha,
        threshold=_optional(fields, "threshold"),
        slope=_slope(fields),
        real=fields.flag("use_real_tanh", False) or fields.flag("use_real_sigmoid", False),
        maximum=_optional(fields, "max_value"),
        quadratic=fields.flag("quadratic_approximation", False),
        floor=fields.raw("log2_rounding", "rnd") == "floor",
    )


def _alpha(fields: Fields, trained: bool) -> float | str:
    alpha = fields.raw("alpha", None)
    if alpha is None:
        return "auto_po2" if trained else ""
    if isinstance(alpha, str):
        if alpha not in _AUTOMATIC:
            raise SpecError(f"the scale alpha='{alpha[:20]}' is not supported")
        return alpha
    if isinstance(alpha, list):
        raise SpecError("a scale for each channel is not supported", "Use alpha='auto' or one number.")
    return fields.number("alpha")


def _slope(fields: Fields) -> float:
    slope = fields.number("negative_slope", 0.0)
    if slope and (math.frexp(slope)[0] != 0.5 or slope > 1):
        raise SpecError(f"a negative slope of {slope:g} is not a power of two up to 1", "Use 0.125 or 0.25.")
    return slope


def _optional(fields: Fields, key: str) -> float | None:
    if fields.raw(key, None) is None:
        return None
    value = fields.number(key)
    if value < 0:
        raise SpecError(f"{key}={value:g} is negative")
    return value


def _bounded(fields: Fields, key: str, default: int, lowest: int, highest: int) -> int:
    value = fields.whole(key, default)
    if not lowest <= value <= highest:
        raise SpecError(f"{key}={value} is outside {lowest} to {highest}")
    return value
