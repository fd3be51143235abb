"""Snapshots: designs kept beside the present one, each with its figures of that moment."""

from dataclasses import dataclass
from typing import Any

from engine.design import Design
from engine.project.codec import design_from_json, design_to_json
from engine.project.fields import Node


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A design under a name, and what was known of it when it was taken.

    `figures` by name: `accuracy`, `auc` or `error`, each with `_low` and `_high`, `weight_bits`, resources in pieces,
    `latency_us` and `energy_uj`; what was not known is missing. `foretold` says of which report the estimates are.
    """

    name: str
    taken: str
    """ISO 8601, UTC."""
    design: Design
    figures: tuple[tuple[str, float], ...] = ()
    foretold: str = ""

    def figure(self, name: str) -> float | None:
        """One of the figures, if it was known."""
        return dict(self.figures).get(name)


def snapshot_to_json(snapshot: Snapshot) -> dict[str, Any]:
    """A snapshot as values JSON knows; weights by their digests."""
    return {
        "name": snapshot.name,
        "taken": snapshot.taken,
        "foretold": snapshot.foretold,
        "figures": dict(snapshot.figures),
        "design": design_to_json(snapshot.design),
    }


def snapshot_from_json(node: Node) -> Snapshot:
    """The snapshot that `snapshot_to_json` wrote. Raises ProjectFileError."""
    name, taken, foretold = (node.get(key).text() for key in ("name", "taken", "foretold"))
    figures = tuple((key, child.number()) for key, child in node.get("figures").members())
    return Snapshot(name, taken, design_from_json(node.get("design").value), figures, foretold)
