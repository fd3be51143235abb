"""One row of facts for each layer: what the table and the report are made of."""

from dataclasses import dataclass

from engine.design import PRECISIONS, REUSE_FACTOR, STRATEGY, Design
from engine.estimate import Cost, Estimate
from engine.flows.flow import Flow
from engine.network import Shape
from engine.network.counts import layer_counts
from engine.precision import Auto, FixedType

TYPES = (*PRECISIONS,)
"""Roles whose types a row tells, in the order of the columns."""


@dataclass(frozen=True, slots=True)
class LayerFacts:
    """A layer: shapes are None while unconnected, `types` follow TYPES and are None where the layer has no such
    role; `cost` is None where there is no estimate."""

    name: str
    kind: str
    inputs: tuple[Shape, ...] | None
    output: Shape | None
    parameters: int
    macs: int
    types: tuple[FixedType | Auto | None, ...]
    reuse_factor: int | None
    strategy: str
    cost: Cost | None


def layer_facts(design: Design, estimate: Estimate, flow: Flow) -> tuple[LayerFacts, ...]:
    """The layers in network order, with the values that the built hardware will have."""
    costs = {each.name: each.cost for each in estimate.layers}
    return tuple(
        _facts(design, flow, name, None if estimate.refusal else costs.get(name, Cost()))
        for name in design.network.order
    )


def _facts(design: Design, flow: Flow, name: str, cost: Cost | None) -> LayerFacts:
    network = design.network
    counts = layer_counts(network, name)
    reuse, strategy = _value(design, flow, name, REUSE_FACTOR), _value(design, flow, name, STRATEGY)
    return LayerFacts(
        name=name,
        kind=network[name].op.LABEL,
        inputs=network.input_shapes(name),
        output=network.shapes[name],
        parameters=counts.parameters,
        macs=counts.macs,
        types=tuple(_type(design, flow, name, role) for role in TYPES),
        reuse_factor=reuse if isinstance(reuse, int) else None,
        strategy=strategy if isinstance(strategy, str) else "",
        cost=cost,
    )


def _type(design: Design, flow: Flow, name: str, role: str) -> FixedType | Auto | None:
    value = _value(design, flow, name, role)
    return value if isinstance(value, FixedType | Auto) else None


def _value(design: Design, flow: Flow, name: str, key: str) -> object:
    effective = flow.resolve(design, name, key)
    return None if effective is None else effective.value


def shape_text(shape: Shape | None) -> str:
    """`8×8×16`; nothing where the shape is unknown."""
    return "" if shape is None else "×".join(str(extent) for extent in shape)
