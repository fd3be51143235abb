"""The run ledger: what was run on which design and what came out, immutable once written."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from engine.design import Design
from engine.project.codec import design_to_json
from engine.project.fields import Node


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


def design_digest(design: Design) -> str:
    """Hash of all that decides the hardware; names and positions of the picture do not count."""
    data = design_to_json(design)
    for cosmetic in ("name", "positions", "requirement"):
        del data[cosmetic]
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def run_to_json(run: Run) -> dict[str, Any]:
    """A run as values JSON knows."""
    return asdict(run) | {"totals": dict(run.totals), "layers": {name: dict(row) for name, row in run.layers}}


def run_from_json(node: Node) -> Run:
    """The run that `run_to_json` wrote. Raises ProjectFileError."""
    texts = {key: node.get(key).text() for key in ("action", "state", "started", "design", "flow")}
    later = {key: child.text() for key in ("tool", "folder", "reason") if (child := node.find(key))}
    tier = node.find("tier")
    return Run(
        **texts,
        **later,
        seconds=node.get("seconds").number(),
        tier=tier.integer() if tier else 0,
        totals=_row(node.get("totals")),
        layers=tuple((name, _row(child)) for name, child in node.get("layers").members()),
    )


def _row(node: Node) -> tuple[tuple[str, float], ...]:
    return tuple((key, child.number()) for key, child in node.members())
