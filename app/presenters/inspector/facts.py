"""Header and facts: what is selected and how large it is."""

from app.presenters.inspector.subject import Subject
from engine.advice.words import grouped
from engine.design import WEIGHT
from engine.network.counts import Counts, layer_counts, network_counts
from engine.precision import FixedType
from widgets.inspector.model import Fact, HeaderView


def header_of(subject: Subject) -> HeaderView:
    """Name and kind of one layer, or how many there are."""
    layer = subject.single
    if layer is not None:
        return HeaderView(layer.name, layer.op.subtitle(), layer.op.GROUP, (layer.op.KIND,))
    if not subject.names:
        return HeaderView(subject.design.name, "The whole network", icon="layers")
    kinds = sorted({each.op.LABEL for each in subject.layers})
    shown = ", ".join(kinds[:3]) + (" and others" if len(kinds) > 3 else "")
    return HeaderView(f"{len(subject.names)} layers selected", shown, icon="layers")


def facts_of(subject: Subject) -> tuple[Fact, ...]:
    """Shapes, parameters and multiply-accumulates."""
    network = subject.design.network
    if not subject.names:
        counts = network_counts(network)
        return (Fact("Layers", str(len(network.layers))), *_sizes(counts, ""))
    counts = sum((layer_counts(network, name) for name in subject.names), Counts())
    layer = subject.single
    if layer is None:
        return _sizes(counts, "")
    inputs, output = network.input_shapes(layer.name), network.shapes[layer.name]
    arriving = " and ".join(_extents(shape) for shape in inputs or ())
    flow = f"{arriving} → {_extents(output)}" if arriving else _extents(output)
    return (Fact("Input to output" if arriving else "Shape", flow), *_sizes(counts, _kbits(subject, counts)))


def _sizes(counts: Counts, kbits: str) -> tuple[Fact, ...]:
    if not counts.parameters and not counts.macs:
        return ()
    return (
        Fact("Parameters", f"{grouped(counts.parameters)}{kbits}"),
        Fact("Multiply-accumulates", grouped(counts.macs)),
    )


def _kbits(subject: Subject, counts: Counts) -> str:
    """Size of the weights at their type."""
    weight = next(iter(subject.resolved(WEIGHT)), None)
    if weight is None or not isinstance(weight.value, FixedType):
        return ""
    return f" · {counts.parameters * weight.value.width / 1000:,.1f} kbit"


def _extents(shape: tuple[int, ...] | None) -> str:
    return "×".join(map(str, shape)) if shape else "unknown"
