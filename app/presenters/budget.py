"""The budget of a design: its estimate against the board's limits and the requirement."""

from engine.advice import Finding, Severity, limit
from engine.design import Design
from engine.estimate import RESOURCES, Estimate
from widgets.budget.view import BudgetRow, BudgetView, Remark, Tile, Verdict

LABELS = {"BRAM18": "BRAM"}
"""What people read for a resource, where it is not its name."""


def budget_view(
    design: Design,
    estimate: Estimate,
    before: Estimate,
    findings: tuple[Finding, ...],
    safe_share: float,
) -> BudgetView:
    """Everything the budget shows; `before` is the estimate before the current edit."""
    return BudgetView(
        rows=tuple(_row(design, estimate, before, resource) for resource in RESOURCES),
        safe_share=safe_share,
        tier=estimate.tier,
        tiles=_tiles(design, estimate, before),
        verdict=_verdict(estimate, findings),
        refusal=estimate.refusal,
        empty=not any(layer.op.GROUP != "io" for layer in design.network.layers),
    )


def _row(design: Design, estimate: Estimate, before: Estimate, resource: str) -> BudgetRow:
    ghost = before.total.resource(resource).value
    quantity = estimate.total.resource(resource)
    return BudgetRow(
        resource,
        LABELS.get(resource, resource),
        quantity,
        limit(design.target.board, resource),
        ghost if ghost != quantity.value else None,
    )


def _tiles(design: Design, estimate: Estimate, before: Estimate) -> tuple[Tile, ...]:
    wanted, slowest = design.requirement, estimate.slowest
    latency, rate = estimate.latency_us, estimate.rate
    return (
        Tile("latency", latency, _ghost(before.latency_us.value, latency.value), wanted.max_latency_us),
        Tile(
            "interval",
            estimate.total.interval,
            _ghost(before.total.interval.value, estimate.total.interval.value),
            cause=slowest,
        ),
        Tile("rate", rate, _ghost(before.rate.value, rate.value), wanted.min_rate),
    )


def _ghost(before: float, now: float) -> float | None:
    return before if before != now else None


def _verdict(estimate: Estimate, findings: tuple[Finding, ...]) -> Verdict | None:
    if estimate.refusal:
        return None
    worst = next((finding for finding in findings if finding.severity >= Severity.RISK), None)
    if worst is None:
        return Verdict("ok", "It fits.")
    tone = "danger" if worst.severity is Severity.OVER else "warning"
    layer = worst.layers[0] if worst.layers else ""
    words = worst.detail.removeprefix(layer).lstrip(" :")
    remark = Remark(layer if worst.detail.startswith(layer) else "", words)
    fact = f"{worst.title}."
    return Verdict(tone, fact, remark, worst.fix.label if worst.fix else "", remark)  # type: ignore[arg-type]


def first_fix(findings: tuple[Finding, ...]) -> Finding | None:
    """The finding that the verdict's button mends."""
    worst = next((finding for finding in findings if finding.severity >= Severity.RISK), None)
    return worst if worst is not None and worst.fix is not None else None
