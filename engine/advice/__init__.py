"""Advice: what is wrong or risky in a design, each with a fix that is one edit, and what to change first."""

from engine.advice.finding import Finding, Fix, Severity
from engine.advice.first import first_changes
from engine.advice.graph import graph_findings
from engine.advice.limits import fullest, limit, limit_findings, requirement_findings
from engine.advice.norms import norm_findings
from engine.advice.quicker import quicker, slowest_layers
from engine.advice.requirement import is_late, missed, misses
from engine.advice.settings import setting_findings
from engine.advice.streams import fifo_blocks, hanging, needed_depths, stream_findings
from engine.advice.suggestions import LATENCY, RATE, Suggestion, suggestions
from engine.advice.sums import count_findings, sum_findings
from engine.advice.synthesis import synthesis_findings
from engine.advice.weights import weight_findings
from engine.dataflow import Simulation
from engine.design import Design
from engine.estimate import Estimate
from engine.flows.flow import Flow
from engine.network import TensorStore

__all__ = [
    "LATENCY",
    "RATE",
    "Finding",
    "Fix",
    "Severity",
    "Suggestion",
    "fifo_blocks",
    "findings",
    "first_changes",
    "fullest",
    "hanging",
    "is_late",
    "limit",
    "missed",
    "misses",
    "needed_depths",
    "quicker",
    "setting_findings",
    "slowest_layers",
    "suggestions",
    "synthesis_findings",
]


def findings(
    design: Design,
    estimate: Estimate,
    flow: Flow,
    tensors: TensorStore | None,
    safe_share: float,
    simulation: Simulation | None = None,
) -> tuple[Finding, ...]:
    """Everything worth saying about a design, the gravest first; `safe_share` is a fraction of the board.

    `simulation` is that of this very design, where there is one.
    """
    found = [
        *(stream_findings(simulation) if simulation is not None else ()),
        *limit_findings(design, estimate, flow, tensors, safe_share, simulation),
        *requirement_findings(design, estimate),
        *graph_findings(design, flow),
        *setting_findings(design, flow),
        *synthesis_findings(design, flow),
        *sum_findings(design, flow),
        *count_findings(design, flow),
        *norm_findings(design, tensors),
        *weight_findings(design, flow, tensors),
    ]
    return tuple(sorted(found, key=lambda finding: -finding.severity))
