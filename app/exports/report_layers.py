"""The report's tables of layers: what each computes and with which settings, and what each costs."""

from collections.abc import Sequence

from app.exports.facts import LayerFacts, layer_facts, shape_text
from app.exports.html import Column, Content, Markup, join, line_break, small, table, tag
from engine.advice import limit
from engine.advice.words import grouped
from engine.design import Design
from engine.estimate import RESOURCES, Cost, Estimate, Quantity
from engine.flows.flow import Flow
from engine.precision import Auto, FixedType, Overflow, Rounding

_LAYERS = (
    Column("Layer", width=140),
    Column("Output", numeric=True),
    Column("Parameters", numeric=True),
    Column("MACs", numeric=True),
    Column("Weight"),
    Column("Bias"),
    Column("Sum"),
    Column("Result"),
    Column("Reuse", numeric=True),
    Column("Strategy"),
)
_TYPES_NOTE = (
    "Types are written as width, integer bits; u is unsigned. RND, SAT and so on stand where values are not truncated"
    " or do not wrap around."
)


def layer_sections(design: Design, estimate: Estimate, flow: Flow) -> tuple[Markup, ...]:
    """Both tables; the second only where there is an estimate."""
    facts = layer_facts(design, estimate, flow)
    if not facts:
        return ()
    layers = join(tag("h2", "Layers"), table(_LAYERS, [_row(each) for each in facts]), tag("p", _TYPES_NOTE, "quiet"))
    return (layers,) if estimate.refusal else (layers, _costs(design, estimate, facts))


def type_text(precision: FixedType | Auto | None) -> str:
    """`8,3` or `u8,0 RND SAT`; nothing where a layer has no such type."""
    if precision is None:
        return ""
    modes = []
    if isinstance(precision, FixedType):
        modes = [mode for mode in (precision.rounding, precision.overflow) if mode not in (Rounding.TRN, Overflow.WRAP)]
    return " ".join((precision.short, *modes))


def _row(facts: LayerFacts) -> list[Content]:
    types: list[Content] = [Markup(tag("span", type_text(each), "mono").html.strip()) for each in facts.types]
    return [
        join(facts.name, line_break(), small(facts.kind)),
        shape_text(facts.output),
        _count(facts.parameters),
        _count(facts.macs),
        *types,
        "" if facts.reuse_factor is None else grouped(facts.reuse_factor),
        facts.strategy,
    ]


def _costs(design: Design, estimate: Estimate, facts: Sequence[LayerFacts]) -> Markup:
    """Values with their intervals; resources that nothing uses are left out."""
    used = tuple(name for name in RESOURCES if estimate.total.resource(name).value > 0)
    columns = (
        Column("Layer", width=160),
        *(Column(name, numeric=True) for name in used),
        Column("Latency, cycles", numeric=True),
        Column("Interval, cycles", numeric=True),
    )
    rows = [[each.name, *_cost_cells(each.cost or Cost(), used)] for each in facts]
    whole = [Markup('<span class="strong">Whole design</span>'), *_cost_cells(estimate.total, used)]
    board = design.target.board
    limits: list[Content] = [f"On the {board.name}", *(_limit(limit(board, name)) for name in used), "", ""]
    note = "Beneath a value: its 90 % interval, unless it is exact. Bounds of the whole are not the sum of the layers’."
    return join(tag("h2", "Cost of the layers"), table(columns, [*rows, whole, limits]), tag("p", note, "quiet"))


def _cost_cells(cost: Cost, used: tuple[str, ...]) -> list[Content]:
    return [_quantity(each) for each in (*(cost.resource(name) for name in used), cost.latency, cost.interval)]


def _quantity(quantity: Quantity) -> Content:
    value = _count(round(quantity.value))
    low, high = grouped(quantity.low), grouped(quantity.high)
    return value if low == high else join(value, line_break(), small(f"{low} to {high}"))


def _limit(available: int | None) -> str:
    return "" if available is None else grouped(available)


def _count(number: int) -> str:
    """Zeros are left out: they would hide the layers that matter."""
    return grouped(number) if number else "–"
