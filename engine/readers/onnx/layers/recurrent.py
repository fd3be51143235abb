"""LSTM, GRU and RNN, as PyTorch and tf2onnx export them, and the picking of the last step behind them."""

from array import array
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.network.kinds import GRU, LSTM, SimpleRNN
from engine.readers.onnx.constants import weights
from engine.readers.onnx.layers.registry import reads, unsupported
from engine.readers.onnx.scaling import applied
from engine.readers.onnx.site import RefusedError, Site
from engine.readers.onnx.values import Array, Constant, Flow, Places, Turned, placed

_FUNCTIONS = {
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "relu": "relu",
    "softsign": "softsign",
    "softplus": "softplus",
    "hardsigmoid": "hard_sigmoid",
}
_USUAL = {"LSTM": ("Sigmoid", "Tanh", "Tanh"), "GRU": ("Sigmoid", "Tanh"), "RNN": ("Tanh",)}
_GATES = {"LSTM": (0, 2, 3, 1), "GRU": (0, 1, 2), "RNN": (0,)}
"""Where ONNX has each gate that Keras has at this place: i, o, f, c against i, f, c, o."""
_EVERY, _LAST = 0, 1
"""The outputs that are the states of every step and the last one."""
_PLACES: dict[tuple[int, bool], Places] = {
    (_EVERY, False): (1, None, 0, 2),
    (_EVERY, True): (0, 1, None, 2),
    (_LAST, False): (None, 0, 1),
    (_LAST, True): (0, None, 1),
}
"""Where the axes of each output are, by output and by whether samples come first."""
_ONE_WAY = "Use one LSTM, GRU or RNN that reads forwards."
_ZERO = "Start from a state of zeros, as Keras and PyTorch do if they are not told otherwise."


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Of one operation: gates in Keras's order, width of the state, features of a step."""

    gates: tuple[int, ...]
    units: int
    features: int


@reads("LSTM", "GRU", "RNN")
def _recurrent(site: Site) -> Turned:
    kind = site.node.op_type
    _check(site)
    output = _read_output(site)
    flow = _steps_of(site)
    states = site.constant(2, "recurrent weights").values
    units = site.whole("hidden_size", states.shape[-1] if states.ndim else 0)
    if units < 1:
        raise site.damaged("Its state has no size")
    sizes = _Sizes(_GATES[kind], units, flow.shape[-1])
    found = {"kernel": _matrix(site, 1, "weights", sizes, sizes.features)}
    found["recurrent_kernel"] = _matrix(site, 2, "recurrent weights", sizes, units)
    given = site.optional(3, "bias")
    reset_after = kind == "GRU" and site.flag("linear_before_reset", False)
    if given is not None:
        found["bias"] = Constant(_bias(site, given.values, sizes, reset_after))
    op = _operation(site, units, given is not None, output == _EVERY, reset_after)
    return Turned(_added(site, op, flow, found), _PLACES[output, site.flag("layout", False)], output)


def _check(site: Site) -> None:
    """Raise RefusedError for what layers here do not have."""
    if site.text("direction", "forward") != "forward":
        raise RefusedError("reading backwards or both ways is not supported", _ONE_WAY)
    if "clip" in site.node.attributes:
        raise RefusedError("clipped gates are not supported", "Export the model without clip.")
    if site.flag("input_forget", False):
        raise RefusedError("coupled input and forget gates are not supported", "Export the model without input_forget.")
    if site.value(7) is not None:
        raise RefusedError("peepholes are not supported", "Use an LSTM without them.")
    for port in (5, 6):
        state = site.optional(port, "first state")
        if state is not None and np.any(state.values):
            raise RefusedError("a first state other than zero is not supported", _ZERO)


def _read_output(site: Site) -> int:
    """Which of the outputs something reads. Raises RefusedError."""
    readers = site.readers
    read = [at for at, name in enumerate(site.node.outputs) if readers.nodes.get(name) or name in readers.ends]
    if read not in ([_EVERY], [_LAST]):
        what = "the memory of its cells is read" if 2 in read else "the states of every step and the last one are read"
        raise RefusedError(what, "Use the states of every step, or the last state, alone.")
    return read[0]


def _steps_of(site: Site) -> Flow:
    """What it reads, each sample steps × features."""
    flow, places = site.placed()
    if len(places) == 3 and not site.flag("layout", False):
        places = (places[1], places[0], places[2])
    entered = placed(flow, places)
    if isinstance(entered, Turned) or len(flow.shape) != 2:
        raise RefusedError("it does not read steps × samples × features", "Transpose what it reads to that order.")
    lengths = site.optional(4, "list of lengths")
    if lengths is not None and np.any(lengths.values != entered.onnx_shape[0]):
        raise RefusedError("sequences of several lengths are not supported", "Use sequences of one length.")
    return applied(site, site.straight(entered))


def _matrix(site: Site, port: int, what: str, sizes: _Sizes, rows: int) -> Constant:
    """Weights, rows × gates · units in Keras's order."""
    constant = site.constant(port, what)
    if constant.values.shape != (1, len(sizes.gates) * sizes.units, rows):
        raise site.damaged(f"Its {what} do not fit what it reads")
    parts = (constant.values, constant.stored, constant.steps)
    values, stored, steps = (None if each is None else _in_order(each, sizes).T for each in parts)
    assert values is not None
    return Constant(values, stored, steps, constant.quantizer)


def _in_order(values: Array, sizes: _Sizes) -> Array:
    """Gates · units first, in Keras's order."""
    gates = values.reshape(len(sizes.gates), sizes.units, -1)[list(sizes.gates)]
    return gates.reshape(len(sizes.gates) * sizes.units, -1)


def _bias(site: Site, values: Array, sizes: _Sizes, reset_after: bool) -> Array:
    """Of the input's and the state's product: apart where a gate stands between them, added where not."""
    width = len(sizes.gates) * sizes.units
    if values.shape != (1, 2 * width):
        raise site.damaged("Its bias does not fit its gates")
    parts = np.stack([_in_order(each, sizes).ravel() for each in np.split(values[0], 2)])
    return parts if reset_after else parts.sum(axis=0)


def _operation(site: Site, units: int, use_bias: bool, every_step: bool, reset_after: bool) -> LSTM | GRU | SimpleRNN:
    functions = _functions(site)
    common: dict[str, Any] = {"units": units, "return_sequences": every_step, "use_bias": use_bias}
    match site.node.op_type:
        case "LSTM":
            if functions[1] != functions[2]:
                raise RefusedError("two functions for memory and state are not supported", "Use the same for both.")
            return LSTM(**common, activation=functions[1], recurrent_activation=functions[0])
        case "GRU":
            return GRU(**common, activation=functions[1], recurrent_activation=functions[0], reset_after=reset_after)
    return SimpleRNN(**common, activation=functions[0])


def _functions(site: Site) -> list[str]:
    usual = _USUAL[site.node.op_type]
    stated = site.node.attributes.get("activations", list(usual))
    if not isinstance(stated, list) or len(stated) != len(usual) or not all(isinstance(each, str) for each in stated):
        raise site.wrong("activations", stated)
    unknown = next((each for each in stated if each.lower() not in _FUNCTIONS), None)
    if unknown is not None:
        raise RefusedError(f"the function {unknown[:40]} is not supported", "Use Sigmoid, Tanh or Relu.")
    found = [_FUNCTIONS[each.lower()] for each in stated]
    if "hard_sigmoid" in found:
        _check_slope(site)
    return found


def _check_slope(site: Site) -> None:
    for key, usual in (("activation_alpha", 0.2), ("activation_beta", 0.5)):
        numbers = site.node.attributes.get(key, [])
        if not isinstance(numbers, list | array) or not all(isinstance(each, float) for each in numbers):
            raise site.wrong(key, numbers)
        if not np.allclose(numbers, usual, rtol=1e-4):
            raise RefusedError("a hard sigmoid with another slope is not supported", "Use alpha=0.2 and beta=0.5.")


def _added(site: Site, op: LSTM | GRU | SimpleRNN, flow: Flow, found: dict[str, Constant]) -> Flow:
    """The layer; weights on a grid that a type has keep that type."""
    name = site.draft.add(site.name, op, (flow.layer,), {role: each.values for role, each in found.items()})
    for role, key in (("kernel", "weight"), ("recurrent_kernel", "recurrent_weight")):
        _, quantizer, scale = weights(found[role], 1)
        if quantizer is not None and scale.size == 1 and float(scale) == 1:
            site.draft.choose(name, key, quantizer.storage_type())
    shape = site.draft.shapes[name]
    return Flow(name, shape, tuple(range(len(shape))))


@reads("Gather")
def _gather(site: Site) -> Flow | Turned:
    picked = site.listed(1, "list of places")
    if picked is None or len(picked) != 1:
        raise unsupported(site.node)
    constant = site.constant(1, "list of places")
    return _last_step(site, site.whole("axis", 0), picked[0], keeps_axis=constant.values.ndim > 0)


@reads("Slice")
def _slice(site: Site) -> Flow | Turned:
    stated = [_stated(site, key, port) for port, key in enumerate(("starts", "ends", "axes", "steps"), start=1)]
    starts, ends, axes = (each or () for each in stated[:3])
    if len(starts) != 1 or len(ends) != 1 or len(axes or (0,)) != 1 or (stated[3] or (1,)) != (1,):
        raise unsupported(site.node)
    axis = axes[0] if axes else 0
    flow, places = site.placed()
    if not -len(places) <= axis < len(places) or ends[0] < _extent(flow, places, axis):
        raise unsupported(site.node)
    return _last_step(site, axis, starts[0], keeps_axis=True)


def _stated(site: Site, key: str, port: int) -> tuple[int, ...] | None:
    """A list that newer operators have as an input."""
    return site.wholes(key, ()) or None if key in site.node.attributes else site.listed(port, key)


def _last_step(site: Site, axis: int, place: int, keeps_axis: bool) -> Flow | Turned:
    """The last state of a recurrent layer, of which nobody reads the others."""
    flow, places = site.placed()
    if not -len(places) <= axis < len(places):
        raise site.damaged("Its axis is damaged")
    axis %= len(places)
    op = site.draft.layers[flow.layer].op
    steps = _extent(flow, places, axis)
    if not isinstance(op, LSTM | GRU | SimpleRNN) or not op.return_sequences or place not in (-1, steps - 1):
        raise unsupported(site.node)
    if places[axis] != 1 + flow.axes.index(0) or not flow.plain:
        raise unsupported(site.node)
    if flow.shared:
        raise RefusedError("the states of every step and the last one are read", "Use one of them alone.")
    site.draft.replace_op(flow.layer, replace(op, return_sequences=False))
    last = replace(flow, shape=site.draft.shapes[flow.layer], axes=(0,))
    now: list[int | None] = [each if each in (0, None) else 1 for each in places]
    now[axis : axis + 1] = [None] if keeps_axis else []
    return placed(last, tuple(now))


def _extent(flow: Flow, places: Places, axis: int) -> int:
    place = places[axis]
    return 1 if place is None else flow.whole_shape[place]
