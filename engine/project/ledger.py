"""The run ledger: what was run on which design and what came out, immutable once written."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from engine.design import Design
from engine.estimate import RESOURCES, Estimate
from engine.project.codec import design_to_json
from engine.project.fields import Node

FOUND = "found"
"""The action of a run that the studio did not start itself."""

DONE = "done"
"""The state of a run that came to its end well."""

_COSMETIC = ("name", "positions", "requirement", "data")
"""What of a design does not decide the hardware."""

Figures = tuple[tuple[str, tuple[float, float, float]], ...]
"""Estimates: value, low, high by name, as in `Run.totals`."""


@dataclass(frozen=True, slots=True)
class Run:
    """One finished job on one design.

    `totals` and `layers` hold what the reports said: resources in pieces, latency and interval in cycles.
    """

    action: str
    state: str
    started: str
    """ISO 8601, UTC."""
    seconds: float
    design: str
    """Digest of the design that was run, see `design_digest`."""
    flow: str
    tool: str = ""
    tier: int = 0
    """Rank of engine.estimate.Tier; 0 where the run yields no figures."""
    folder: str = ""
    reason: str = ""
    totals: tuple[tuple[str, float], ...] = ()
    layers: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = ()
    estimated: Figures = ()
    """What was estimated for that design when it was run."""


def figures_of(estimate: Estimate) -> Figures:
    """An estimate's totals as a run keeps them; none where there is no estimate."""
    if estimate.refusal:
        return ()
    cost = estimate.total
    known = {name: cost.resource(name) for name in RESOURCES} | {"latency": cost.latency, "interval": cost.interval}
    return tuple((name, (quantity.value, quantity.low, quantity.high)) for name, quantity in known.items())


def design_digest(design: Design) -> str:
    """Hash of all that decides the hardware; names and positions of the picture do not count."""
    return json_digest(design_to_json(design))


def json_digest(design: Mapping[str, Any]) -> str:
    """The same of a design's JSON value, as jobs are given it."""
    counting = {key: value for key, value in design.items() if key not in _COSMETIC}
    return hashlib.sha256(json.dumps(counting, sort_keys=True).encode()).hexdigest()


def run_to_json(run: Run) -> dict[str, Any]:
    """A run as values JSON knows."""
    layers = {name: dict(row) for name, row in run.layers}
    return asdict(run) | {"totals": dict(run.totals), "layers": layers, "estimated": dict(run.estimated)}


def run_from_json(node: Node) -> Run:
    """The run that `run_to_json` wrote. Raises ProjectFileError."""
    texts = {key: node.get(key).text() for key in ("action", "state", "started", "design", "flow")}
    later = {key: child.text() for key in ("tool", "folder", "reason") if (child := node.find(key))}
    tier, estimated = node.find("tier"), node.find("estimated")
    return Run(
        **texts,
        **later,
        seconds=node.get("seconds").number(),
        tier=tier.integer() if tier else 0,
        totals=_row(node.get("totals")),
        layers=tuple((name, _row(child)) for name, child in node.get("layers").members()),
        estimated=tuple((name, _estimate(child)) for name, child in estimated.members()) if estimated else (),
    )


def _row(node: Node) -> tuple[tuple[str, float], ...]:
    return tuple((key, child.number()) for key, child in node.members())


def _estimate(node: Node) -> tuple[float, float, float]:
    figures = [child.number() for child in node.elements()]
    if len(figures) != 3:
        raise node.error("three numbers are expected")
    return figures[0], figures[1], figures[2]
