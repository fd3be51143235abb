"""Activations: computed, looked up, and softmax."""

from math import prod

import numpy as np

from engine.emulate.exact.activations import Clip, Hard, Leaky, Sign, Ternary, Thresholded
from engine.emulate.exact.lookups import Exponential, Lookup, Softmax, selu_slope
from engine.emulate.exact.numbers import held
from engine.emulate.exact.stage import Cast, Operation
from engine.flows.hls4ml.choices import IMPLEMENTATION, TABLE_SIZE
from engine.flows.hls4ml.exact.site import Site, is_bit_type
from engine.flows.hls4ml.exact.written import written
from engine.precision import FixedType

_SLOPE, _SHIFT = FixedType(16, 0, signed=False), FixedType(2, 0, signed=False)
_EXACT_SLOPE = FixedType(2, 0, signed=False)


def activation(site: Site) -> Operation:
    """A function without parameters."""
    name = str(site.entry["activation"])
    site.whole_words()
    match name:
        case "linear":
            return Cast()
        case "relu" | "relu6":
            return Clip(name == "relu6")
        case "sigmoid" | "tanh" | "softplus" | "softsign":
            return Lookup(name, _size(site), site.type("table"))
        case "selu":
            return Exponential(
                name, _size(site), site.type("table"), selu_slope(site.source, site.streamed), site.streamed
            )
        case "binary_tanh":
            return Sign(is_bit_type(site.unit.types["result"]))
        case "ternary_tanh":
            return ternary(site)
    raise site.refused(f"There is no bit-exact model of the function {name}.", "Use another activation.")


def ternary(site: Site) -> Operation:
    """A step to −1, 0 or 1."""
    site.whole_words()
    return Ternary(site.source, doubled=not site.streamed)


def hard(site: Site) -> Operation:
    """Hard sigmoid and tanh; QKeras's have the slope 1/2."""
    site.whole_words()
    entry = site.entry
    slope = held([entry["slope"]], _EXACT_SLOPE if "slope_prec" in entry else _SLOPE)
    return Hard(slope, held([entry["shift"]], _SHIFT), entry["activation"] == "hard_tanh")


def parametrised(site: Site) -> Operation:
    """Leaky ReLU, thresholded ReLU and ELU with their constant."""
    site.whole_words()
    entry, type_ = site.entry, site.type("param")
    constant = held([entry["activ_param"]], type_)
    match str(entry["activation"]).lower():
        case "leakyrelu" | "leaky_relu":
            return Leaky(constant, type_)
        case "thresholdedrelu" | "thresholded_relu":
            return Thresholded(constant, type_)
        case _:
            return Exponential("elu", _size(site), site.type("table"), constant, site.streamed)


def prelu(site: Site) -> Operation:
    """One slope for each value."""
    site.whole_words()
    type_ = site.type("param")
    return Leaky(written(np.asarray(site.entry["param_data"]).ravel(), type_), type_)


def _size(site: Site) -> int:
    return site.unit.choice.number(TABLE_SIZE, 1024)


def softmax(site: Site) -> Operation:
    """Softmax with its tables, by the chosen implementation."""
    choice, source = site.unit.choice, site.source
    implementation = choice.word(IMPLEMENTATION, "stable")
    size = min(_size(site), 1 << min(site.taken_width, site.type("inv_table").width))
    norm = FixedType(max(source.width - source.signed, 1), source.integer - source.signed, signed=False)
    halved = implementation == "stable" and source.signed
    exp_size = min(size, 1 << (source.width - 1)) if halved else size
    addresses = {"stable": norm.width, "latency": source.width}.get(implementation)
    if addresses is not None:
        _check_table(site, exp_size, addresses)
        _check_table(site, size, site.type("inv_inp").width)
    slice_, inner = _group(site)
    return Softmax(
        implementation,
        source,
        slice_,
        inner,
        exp_size,
        size,
        site.type("exp_table"),
        site.type("inv_table"),
        site.type("inv_inp"),
        site.type("accum"),
        norm,
        1024 if site.streamed else size,
    )


def _check_table(site: Site, size: int, width: int) -> None:
    if size & (size - 1):
        raise site.refused("hls4ml's softmax reads past tables of such a size.", "Use a power of two.")
    if size > 1 << width:
        reason = f"hls4ml's softmax reads a table of {size:,} values with {width} bits."
        raise site.refused(reason, f"Set its table size to at most {1 << width:,}.")


def _group(site: Site) -> tuple[int, int]:
    """How many values share a sum, and how far apart they lie; streamed, those of one word do."""
    if site.streamed:
        site.whole_words()
        return site.unit.lanes_in, 1
    shape = site.node.shape
    axis = site.op.axis % len(shape)  # type: ignore[attr-defined]
    return shape[axis], prod(shape[axis + 1 :])
