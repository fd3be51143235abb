"""Findings about the network itself: open ports, missing weights, layers that need not be there."""

from collections.abc import Iterator

from engine.advice.finding import Finding, Fix, Severity
from engine.advice.words import plural
from engine.design import RESULT, Design, with_network
from engine.flows.flow import Flow
from engine.network import UNCONNECTED, edits
from engine.precision import FixedType

_TABLE_SIZE = "table_size"
_COARSE = 2.0
"""Scores that lie so far apart are answers seven times as sure."""


def graph_findings(design: Design, flow: Flow) -> Iterator[Finding]:
    """Open ports, missing weights, a softmax at the end."""
    if all(layer.op.KIND == "input" for layer in design.network.layers):
        return
    yield from _open_ports(design)
    yield from _unread_inputs(design)
    yield from _missing_weights(design)
    yield from _final_softmax(design, flow)


def _open_ports(design: Design) -> Iterator[Finding]:
    for layer in design.network.layers:
        if UNCONNECTED in layer.inputs:
            yield Finding(
                Severity.OVER, f"{layer.name} has an open input", "Connect it or delete the layer.", (layer.name,)
            )


def _unread_inputs(design: Design) -> Iterator[Finding]:
    for name in design.network.inputs:
        if not design.network.consumers[name]:
            yield Finding(Severity.RISK, f"Nothing reads {name}", "Connect a layer to it.", (name,))


def _missing_weights(design: Design) -> Iterator[Finding]:
    untrained = []
    for layer in design.network.layers:
        shapes = design.network.input_shapes(layer.name)
        roles = layer.op.weight_shapes(shapes) if shapes is not None else {}
        if any(layer.weight(role) is None for role in roles):
            untrained.append(layer.name)
    if untrained:
        yield Finding(
            Severity.HINT,
            f"{plural(len(untrained), 'layer')} without trained weights",
            "Numbers are wider: the weights decide how many multipliers are really built.",
            tuple(untrained),
        )


def _final_softmax(design: Design, flow: Flow) -> Iterator[Finding]:
    """Where a flow builds it of tables, whose types one may choose."""
    for name in design.network.outputs:
        layer = design.network[name]
        tables = layer.op.KIND == "softmax" and any(s.kind == "precision" for s in flow.settings(design, name))
        if tables and layer.inputs != (UNCONNECTED,):
            remove = Fix(
                "Remove",
                f"Remove {name}",
                lambda d, name=name: with_network(d, edits.remove_layers(d.network, [name])),  # type: ignore[misc]
            )
            yield _coarse_softmax(design, flow, name, remove) or Finding(
                Severity.HINT,
                f"{name} does not change the answer",
                "The largest score stays the largest without its tables.",
                (name,),
                remove,
            )


def _coarse_softmax(design: Design, flow: Flow, name: str, remove: Fix) -> Finding | None:
    """One whose table of exponentials is spread over so many scores that it takes different ones for equal."""
    (source,) = design.network[name].inputs
    arriving, size = flow.resolve(design, source, RESULT), flow.resolve(design, name, _TABLE_SIZE)
    if arriving is None or size is None or not isinstance(arriving.value, FixedType):
        return None
    step = 2.0**arriving.value.integer / float(str(size.value))
    if step < _COARSE:
        return None
    return Finding(
        Severity.RISK,
        f"{name} takes scores for equal that differ by {step:,g}",
        f"Its table is spread over all that {source} may yield, {arriving.value.short}: give that fewer integer bits, "
        "or compare its scores.",
        (name,),
        remove,
    )
