"""Findings about what the vendor's tool may not finish, each with its chance and the edit that avoids it."""

from collections.abc import Iterator

from engine.advice.finding import Finding, Fix, Severity
from engine.design import Design
from engine.flows.flow import Flow, Risk


def synthesis_findings(design: Design, flow: Flow) -> Iterator[Finding]:
    """One finding for each of the flow's risks; those that no known run fell to are hints."""
    for risk in flow.risks(design):
        about = f" ({risk.layers[0]})" if len(risk.layers) == 1 else ""
        fix = next((Fix(each.label, each.label + about, each.edit) for each in risk.remedies), None)
        yield Finding(_severity(risk), risk.title, risk.detail, risk.layers, fix)


def _severity(risk: Risk) -> Severity:
    if risk.certain:
        return Severity.OVER
    return Severity.HINT if risk.chance == 0 else Severity.RISK
