"""Where branches meet, and arithmetic with constants."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from engine.network.kinds import Concatenate, Merge
from engine.readers.onnx.layers.linear import plus, times
from engine.readers.onnx.layers.registry import reads
from engine.readers.onnx.scaling import applied
from engine.readers.onnx.site import RefusedError, Site
from engine.readers.onnx.values import Array, Constant, Flow

_OPERATIONS = {
    "Add": "add",
    "Sum": "add",
    "Sub": "subtract",
    "Mul": "multiply",
    "Mean": "average",
    "Max": "maximum",
    "Min": "minimum",
}


@reads("Add", "Mul", "Sub", "Div")
def _arithmetic(site: Site) -> Flow:
    first, second = site.value(0), site.value(1)
    if isinstance(first, Flow) and isinstance(second, Constant):
        return _BEHIND[site.node.op_type](site, first, second)
    if isinstance(first, Constant) and isinstance(second, Flow):
        return _before(site, first, second)
    if site.node.op_type == "Div":
        raise RefusedError("dividing by what depends on the data is not supported", "Multiply by a constant.")
    return _merge(site)


_BEHIND: dict[str, Callable[[Site, Flow, Constant], Flow]] = {
    "Add": plus,
    "Mul": times,
    "Sub": lambda site, flow, constant: plus(site, flow, Constant(-constant.values)),
    "Div": lambda site, flow, constant: times(site, flow, Constant(_inverse(site, constant))),
}


def _inverse(site: Site, constant: Constant) -> Array:
    if not np.all(constant.values != 0):
        raise site.damaged("It divides by zero")
    inverse: Array = 1 / constant.values.astype(np.float64)
    return inverse


def _before(site: Site, constant: Constant, flow: Flow) -> Flow:
    if site.node.op_type == "Div":
        raise RefusedError("dividing by what depends on the data is not supported", "Multiply by a constant.")
    if site.node.op_type == "Sub":
        return plus(site, replace(flow, scale=-flow.scale, shift=-flow.shift), constant)
    return _BEHIND[site.node.op_type](site, flow, constant)


@reads("Neg")
def _negative(site: Site) -> Flow:
    flow = site.flow()
    return replace(flow, scale=-flow.scale, shift=-flow.shift)


@reads("Sum", "Mean", "Max", "Min")
def _merge(site: Site) -> Flow:
    flows = site.flows()
    if len(flows) == 1:
        return flows[0]
    operation = _OPERATIONS[site.node.op_type]
    return site.add(Merge(operation), *_alike(site, flows, keeps_scale=operation != "multiply"))


@reads("Concat")
def _concat(site: Site) -> Flow:
    flows = _alike(site, site.flows(), keeps_scale=True)
    if len(flows) == 1:
        return flows[0]
    rank = len(flows[0].shape) + 1
    axis = site.whole("axis", 1)
    if not -rank <= axis < rank or axis % rank == 0:
        raise RefusedError("it puts samples side by side", "Concatenate along the channels (axis=1).")
    return site.add(Concatenate(flows[0].axes[axis % rank - 1]), *flows)


def _alike(site: Site, flows: list[Flow], keeps_scale: bool) -> list[Flow]:
    """The branches with their axes in one order and with one scale."""
    if any(flow.folded is not None or flow.axes != flows[0].axes for flow in flows):
        flows = [site.straight(flow) for flow in flows]
    scales = {float(flow.scale) if flow.proportional else None for flow in flows}
    if keeps_scale and len(scales) == 1 and None not in scales:
        return flows
    return [applied(site, flow) for flow in flows]
