"""Where the QKeras model and the hardware compute differently, in words, for the design at hand."""

from collections.abc import Iterator

from engine.design import Design
from engine.flows.registry import flow
from engine.network import Layer
from engine.network.kinds import GRU, LSTM, Activation, SimpleRNN, Softmax
from engine.precision import FixedType, Overflow
from engine.training.held import Arithmetic, is_fixed

_EXACT_BITS = 24
"""Single precision holds whole numbers of so many bits."""
_FINE = 0.1
"""Scores that are nearer to each other need not be told apart."""
_NAMED = 3
"""Layers that are named of many."""
_TABLED = ("sigmoid", "tanh", "softplus", "softsign", "selu", "elu", "swish")


def differences(design: Design) -> tuple[str, ...]:
    """Sentences, each with the layers that it is true of; none where every answer is the same bit for bit."""
    arithmetic, found = Arithmetic(design), dict[str, list[str]]()
    for layer in design.network.layers:
        for said in _of(design, arithmetic, layer):
            found.setdefault(said, []).append(f"'{layer.name}'")
    return tuple(f"{_listed(names)}: {said}" for said, names in found.items())


def _listed(names: list[str]) -> str:
    """`'fc1', 'fc2', 'fc3' and 4 others`."""
    more = len(names) - _NAMED
    if more > 1:
        return f"{', '.join(names[:_NAMED])} and {more} others"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _of(design: Design, arithmetic: Arithmetic, layer: Layer) -> Iterator[str]:
    if isinstance(layer.op, Softmax):
        yield _of_softmax(design, arithmetic, layer)
    if isinstance(layer.op, Activation) and layer.op.function in _TABLED:
        yield f"hardware looks {layer.op.function} up in a table; training computes it."
    if layer.op.GROUP in ("dense", "conv"):
        yield from _of_products(arithmetic, layer)
    if isinstance(layer.op, LSTM | GRU | SimpleRNN):
        yield from _of_steps(arithmetic, layer, layer.op)
    held = arithmetic.result(layer).type
    if held is not None and (held.saturation_bits or held.overflow is Overflow.WRAP_SM):
        yield "training lets values wrap plainly where its type wraps by its sign."


def _of_softmax(design: Design, arithmetic: Arithmetic, layer: Layer) -> str:
    """Its table is looked up with the highest bits of the scores: of wide types these are coarse."""
    said = "hardware looks its exponentials up in a table; training takes the scores before them."
    source = design.network[layer.inputs[0]]
    scores = arithmetic.result(source).type
    size = flow(design.target.flow).resolve(design, layer.name, "table_size")
    if scores is None or size is None or not isinstance(size.value, int):
        return said
    step = 2.0**scores.integer / size.value
    if step <= max(scores.step, _FINE):
        return said
    return (
        f"{said} Scores of {scores.short} bits that differ by less than {step:g} give the same: set a narrower type "
        f"on the result of '{source.name}', or leave the softmax out of the hardware."
    )


def _of_products(arithmetic: Arithmetic, layer: Layer) -> Iterator[str]:
    accum = arithmetic.accum(layer)
    if accum is not None and accum in arithmetic.sums(layer):
        yield f"hardware rounds every product to {accum.short} bits; training rounds their sum."
    if arithmetic.norm_in(layer):
        yield "the batch norm is merged into the weights, in double precision in hardware."
    if _wide(arithmetic, layer):
        yield f"sums have more than {_EXACT_BITS} bits; training adds in single precision."
    quantizers = [arithmetic.weight(layer, role).quantizer for role in ("kernel", "bias")]
    if any(each is not None and not is_fixed(each) for each in quantizers):
        yield "QKeras's quantiser leaves a rounding error of single precision."


def _of_steps(arithmetic: Arithmetic, layer: Layer, op: LSTM | GRU | SimpleRNN) -> Iterator[str]:
    gates = () if isinstance(op, SimpleRNN) else (op.recurrent_activation,)
    tabled = [function for function in dict.fromkeys((op.activation, *gates)) if function in _TABLED]
    if tabled:
        yield f"hardware looks {' and '.join(tabled)} up in tables; training computes them."
    accum = arithmetic.accum(layer)
    if accum is not None:
        yield f"hardware rounds every product to {accum.short} bits; training rounds their sum."


def _wide(arithmetic: Arithmetic, layer: Layer) -> bool:
    exact: FixedType | None = arithmetic.exact_sum(layer)
    return exact is not None and exact.width > _EXACT_BITS
