"""Dense layers, convolutions and recurrent layers: their weights as whole numbers."""

from collections.abc import Mapping
from dataclasses import replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.design import REUSE_FACTOR, Origin
from engine.emulate.exact.activations import Clip
from engine.emulate.exact.lookups import Lookup
from engine.emulate.exact.numbers import Exact
from engine.emulate.exact.products import Sum, Window
from engine.emulate.exact.recurrent import Gated, LongShortTerm, Recurrent
from engine.emulate.exact.stage import Operation
from engine.flows.hls4ml.choices import TABLE_SIZE
from engine.flows.hls4ml.exact.site import Site, is_bit_type, is_whole
from engine.flows.hls4ml.exact.written import powers_of_two, written
from engine.flows.hls4ml.hardware import Folded
from engine.flows.hls4ml.nodes import POINTWISE
from engine.flows.hls4ml.rules import Family, Fold, Strategy, legal_reuse_factors
from engine.network.kinds import GRU, Dense
from engine.precision import FixedType

Array = NDArray[Any]
Words = Mapping[str, Any] | None


def sum_of(site: Site) -> Operation:
    """A dense layer or a convolution of any kind."""
    frozen, types = site.weights.products(site.node), site.unit.types
    each_channel = site.node.kind.startswith("Depthwise")
    folded = site.unit.folded[0]
    values = frozen.values.reshape(-1, site.node.shape[-1])
    words = frozen.quantizer
    return Sum(
        _encoded(values, types["weight"], words, site),
        types["weight"],
        written(frozen.bias, types["bias"]),
        types["bias"],
        site.type("accum"),
        _order(site, folded),
        _window(site),
        each_channel,
        site.reads_bits and _family(words) != "exponent",
        site.reads_bits and _family(words) == "xnor",
        _doubled(site, _family(words) == "xnor" or is_bit_type(types["weight"])),
    )


def _doubled(site: Site, bit_weights: bool) -> int:
    """What hls4ml takes off doubled sums: all inputs of its matrix, where these and the weights are ap_uint<1>.

    In a depthwise layer those are the taps of all channels, though a sum has its own channel's alone.
    """
    return site.unit.folded[0].fold.n_in if bit_weights and (site.reads_bits or is_bit_type(site.source)) else 0


def _family(words: Words) -> str:
    return str(words["family"]) if words is not None else "fixed"


def _encoded(values: Array, type_: FixedType, words: Words, site: Site) -> Exact:
    """Weights as the numbers that inputs are multiplied with."""
    family = _family(words)
    if family == "xnor":
        ones = Exact((values >= 0).astype(np.int64), 0, 1)
        return ones if site.reads_bits else Exact(2 * ones.codes - 1, 0, 1)
    if family == "exponent":
        return _powers(values, type_, site)
    found = written(values, type_)
    if family == "integer" or (is_whole(type_) and type_.signed and type_.width == 2):
        # hls4ml's ternary product knows 0 and −1; whatever else the two bits hold counts as 1.
        return Exact(np.where((found.codes == 0) | (found.codes == -1), found.codes, 1), 0, 1)
    return found


def _powers(values: Array, type_: FixedType, site: Site) -> Exact:
    """Powers of two; hls4ml shifts in a type of fixed width, which must lose no bit."""
    powers = powers_of_two(values)
    exponents = np.log2(np.abs(powers))
    source = site.source
    width = type_.width + source.width
    lowest, highest = int(exponents.min()), int(exponents.max())
    if source.fraction - lowest > width or source.integer + (not source.signed) + highest + 1 > width:
        raise site.refused(
            "Its shifts lose bits in hls4ml's code, which has no bit-exact model yet.",
            "Give its input a type with fewer bits in front of the point or behind it, or its weights a fixed one.",
        )
    fraction = max(-lowest, 0)
    return Exact(np.ldexp(powers, fraction).astype(np.int64), fraction, highest + fraction + 1)


def _order(site: Site, folded: Folded) -> int:
    """The reuse factor where it decides the order of additions; 1 else."""
    if folded.strategy is Strategy.LATENCY:
        return 1
    fold, factor = folded.fold, folded.reuse_factor
    if fold.family is Family.DEPTHWISE and not site.streamed:
        raise site.refused(
            "hls4ml has no such kernel for depthwise convolutions in io_parallel.",
            "Choose the strategy Latency, or use io_stream.",
        )
    asked = _asked(site) if site.node.kind.startswith("Pointwise") else factor
    if not _computes(fold, folded.strategy, asked, parallel=fold.family is Family.CONV and not site.streamed):
        raise site.refused(
            f"hls4ml's own C++ computes it wrongly with the reuse factor {asked}.",
            f"Use a reuse factor that divides its {fold.n_in} inputs.",
        )
    return asked


def _asked(site: Site) -> int:
    """The reuse factor of a 1×1 convolution: what was set on it, which hls4ml passes on, legal or not."""
    chosen = site.unit.choice.chosen.get(REUSE_FACTOR)
    own = chosen is not None and chosen.origin is not Origin.DEFAULT
    return site.unit.choice.number(REUSE_FACTOR, 1) if own else site.unit.folded[0].reuse_factor


def _computes(fold: Fold, strategy: Strategy, factor: int, *, parallel: bool) -> bool:
    """Whether hls4ml's folded kernels visit every product once with a reuse factor."""
    if fold.family is Family.DEPTHWISE or fold.n_in % factor == 0:
        return True
    if strategy is Strategy.UNROLLED:
        return factor in legal_reuse_factors(fold.n_in, fold.n_out)
    return factor % fold.n_in == 0 and not parallel


def _window(site: Site) -> Window | None:
    op = site.op
    kernel = getattr(op, "kernel", None)
    if isinstance(op, Dense) or kernel is None or site.node.half == POINTWISE:
        return None
    # Streamed, a layer of its own puts the zeros around.
    return Window(kernel, op.strides, "valid" if site.streamed else op.padding)  # type: ignore[attr-defined]


def recurrent(site: Site) -> Operation:
    """An LSTM or a GRU."""
    entry, types, op = site.entry, site.unit.types, site.op
    bias = np.asarray(entry["bias_data"])
    back_bias = entry.get("recurrent_bias_data", np.zeros(np.asarray(entry["recurrent_weight_data"]).shape[1]))
    first, second = site.unit.folded
    ahead = Sum(
        written(entry["weight_data"], types["weight"]),
        types["weight"],
        written(bias, types["bias"]),
        types["bias"],
        site.type("accum"),
        _order(site, first),
        reads_bits=site.reads_bits,
    )
    back = replace(
        ahead,
        weights=written(entry["recurrent_weight_data"], types["recurrent_weight"]),
        weight_type=types["recurrent_weight"],
        bias=written(back_bias, types["recurrent_bias"]),
        bias_type=types["recurrent_bias"],
        reuse_factor=_order(site, second),
        reads_bits=False,
    )
    gate, candidate = (_function(site, str(entry[key])) for key in ("recurrent_activation", "activation"))
    kind: type[Recurrent] = Gated if isinstance(op, GRU) else LongShortTerm
    every = bool(entry["return_sequences"])
    return kind(prod(site.node.shape[-1:]), ahead, back, gate, candidate, site.type("accum"), every)


def _function(site: Site, name: str) -> Lookup | Clip:
    if name == "relu":
        return Clip()
    if name not in ("sigmoid", "tanh"):
        raise site.refused(f"hls4ml has no recurrent layers with the activation {name}.", "Use sigmoid, tanh or ReLU.")
    return Lookup(name, site.unit.choice.number(TABLE_SIZE, 1024), site.type("table"))
