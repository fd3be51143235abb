"""Activations."""

import numpy as np

from engine.network import Op
from engine.network.kinds import Activation, ParametricActivation, Softmax
from engine.readers.onnx.layers.registry import reads
from engine.readers.onnx.scaling import applied, positive
from engine.readers.onnx.site import RefusedError, Site
from engine.readers.onnx.values import Flow, Turned, placed

_FUNCTIONS = {"Sigmoid": "sigmoid", "Tanh": "tanh", "Softplus": "softplus", "Softsign": "softsign"}
_SELU = (1.6732632, 1.0507009)


@reads("Relu")
def _relu(site: Site) -> Flow:
    return site.add(Activation("relu"), positive(site, site.flow()))


@reads("LeakyRelu")
def _leaky(site: Site) -> Flow:
    op = ParametricActivation("leaky_relu", site.number("alpha", 0.01))
    return site.add(op, positive(site, site.flow()))


@reads("PRelu")
def _prelu(site: Site) -> Flow:
    flow = positive(site, site.flow())
    if flow.folded is not None:
        flow = site.straight(flow)
    slope = site.constant(1, "slope").values
    try:
        spread = np.broadcast_to(slope, (1, *flow.onnx_shape))[0]
    except ValueError:
        raise site.damaged("Its slopes do not fit what it reads") from None
    ours = spread.transpose([flow.axes.index(place) for place in range(len(flow.axes))])
    return site.add(ParametricActivation("prelu", 0.0), flow, alpha=ours)


@reads(*_FUNCTIONS)
def _function(site: Site) -> Flow:
    return _bent(site, Activation(_FUNCTIONS[site.node.op_type]))


@reads("Elu")
def _elu(site: Site) -> Flow:
    return _bent(site, ParametricActivation("elu", site.number("alpha", 1.0)))


@reads("ThresholdedRelu")
def _thresholded(site: Site) -> Flow:
    return _bent(site, ParametricActivation("thresholded_relu", site.number("alpha", 1.0)))


@reads("Selu")
def _selu(site: Site) -> Flow:
    stated = (site.number("alpha", _SELU[0]), site.number("gamma", _SELU[1]))
    if not np.allclose(stated, _SELU, rtol=1e-5):
        raise RefusedError("a SELU with numbers of its own is not supported", "Use the usual ones.")
    return _bent(site, Activation("selu"))


@reads("HardSigmoid")
def _hard_sigmoid(site: Site) -> Flow:
    if not np.allclose((site.number("alpha", 0.2), site.number("beta", 0.5)), (0.2, 0.5), rtol=1e-4):
        raise RefusedError("a hard sigmoid with another slope is not supported", "Use alpha=0.2 and beta=0.5.")
    return _bent(site, Activation("hard_sigmoid"))


@reads("Clip")
def _clip(site: Site) -> Flow:
    low, high = _bound(site, "min", 1, -np.inf), _bound(site, "max", 2, np.inf)
    if low == 0 and high == np.inf:
        return _relu(site)
    if low != 0 or high != 6:
        raise RefusedError(f"a cut at {low:g} and {high:g} is not supported", "Use ReLU or ReLU6.")
    return _bent(site, Activation("relu6"))


def _bound(site: Site, key: str, port: int, default: float) -> float:
    """Older operators have it as an attribute."""
    stated = site.optional(port, key)
    if stated is None:
        return site.number(key, 0.0) if key in site.node.attributes else default
    bound = float(stated.values.ravel()[0]) if stated.values.size == 1 else np.nan
    return np.inf * np.sign(bound) if abs(bound) >= np.finfo(np.float32).max else bound


@reads("Softmax")
def _softmax(site: Site) -> Flow:
    flow = applied(site, site.flow())
    rank = len(flow.shape) + 1
    axis = site.whole("axis", -1 if site.opset >= 13 else 1)
    if not -rank <= axis < rank or axis % rank == 0:
        raise RefusedError("a softmax over samples is not supported", "Use axis=-1.")
    # Before operator set 13 all axes from this one on count as one.
    if flow.axes[axis % rank - 1] != len(flow.shape) - 1 or (site.opset < 13 and rank != 2):
        raise RefusedError("a softmax over another axis than the channels is not supported", "Use axis=-1.")
    return site.add(Softmax(), flow)


@reads("Identity", "Dropout")
def _passed(site: Site) -> Flow | Turned:
    return placed(*site.placed())


@reads("Cast")
def _cast(site: Site) -> Flow:
    if site.whole("to", 1) not in (1, 10, 11):
        raise RefusedError("turning results into whole numbers is not supported", "Use a Quant operation.")
    return site.flow()


def _bent(site: Site, op: Op) -> Flow:
    return site.add(op, applied(site, site.flow()))
