"""What FINN cannot build of a network, each with the nearest way that works."""

from engine.flows.finn.choices import MOST_THRESHOLD_BITS
from engine.flows.problem import Problem
from engine.network import Layer, Network, kinds

_FALLING = ("swish", "prelu")
"""Functions that fall somewhere, or may once they are learnt: no thresholds yield them."""


def unsupported(network: Network, layer: Layer) -> Problem | None:
    """Why FINN has no unit for a layer; None where it has one."""
    shapes = network.input_shapes(layer.name) or ()
    op = layer.op
    if isinstance(op, kinds.LSTM | kinds.GRU | kinds.SimpleRNN):
        return Problem(layer.name, "FINN has no unit for recurrent layers.", "Choose an hls4ml flow.")
    if isinstance(op, kinds.Permute):
        return Problem(layer.name, "FINN does not reorder axes within the design.", "Reorder the samples instead.")
    if isinstance(op, kinds.Merge) and op.operation != "add":
        return Problem(layer.name, f"FINN joins branches by adding only, not by '{op.operation}'.", "Use Add.")
    if isinstance(op, kinds.Merge) and len(set(shapes)) > 1:
        return Problem(layer.name, "FINN adds branches of one shape only.", "Give both the same shape.")
    if isinstance(op, kinds.Concatenate) and op.axis not in (-1, len(shapes[0]) - 1):
        return Problem(layer.name, "FINN puts branches side by side along the channels only.", "Use axis −1.")
    if isinstance(op, kinds.Softmax) and network.consumers[layer.name]:
        return Problem(layer.name, "FINN replaces a softmax by the label it would pick.", "Put it at the end.")
    if isinstance(op, kinds.GlobalPool) and op.mode == "max":
        return Problem(layer.name, "FINN's global pool averages.", "Choose average, or a pool of the picture's size.")
    depthwise = kinds.DepthwiseConv1D | kinds.DepthwiseConv2D | kinds.SeparableConv1D | kinds.SeparableConv2D
    if isinstance(op, depthwise) and op.depth_multiplier > 1:
        return Problem(layer.name, "FINN's depthwise unit gives one channel for each.", "Use depth multiplier 1.")
    return None


def activation_problem(layer: Layer, bits: int) -> Problem | None:
    """Why thresholds cannot stand for an activation whose result has so many bits; None where they can."""
    function = layer.op.function if isinstance(layer.op, kinds.Activation | kinds.ParametricActivation) else ""
    if function in _FALLING or (isinstance(layer.op, kinds.ParametricActivation) and layer.op.alpha < 0):
        return Problem(layer.name, f"{layer.op.subtitle()} may fall, so no thresholds yield it.", "Use ReLU.")
    if bits > MOST_THRESHOLD_BITS:
        reason = f"Its result has {bits} bits; FINN makes thresholds of up to {MOST_THRESHOLD_BITS}."
        return Problem(layer.name, reason, f"Give it a result type of {MOST_THRESHOLD_BITS} bits or fewer.")
    return None
