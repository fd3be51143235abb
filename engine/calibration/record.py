"""A finished synthesis as it teaches: what was estimated of a design, and what its report said."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, NamedTuple

from engine.boards import Family
from engine.design import Design
from engine.estimate import Estimate, Level, Quantity, Tier
from engine.network import Network
from engine.project import DONE, Figures, Run, figures_of
from engine.project.fields import Node
from engine.project.layers import layer_to_json

TARGETS = ("LUT", "FF", "DSP", "BRAM18", "latency", "interval")
"""Quantities that are learned of: those that estimates know and reports name."""


class Key(NamedTuple):
    """Runs that may teach each other: flow, tool with version, level and device family; they are never mixed.

    On whose computer the tool ran does not matter: the same version makes the same of a design.
    """

    flow: str
    tool: str
    level: Level
    family: str


@dataclass(frozen=True, slots=True)
class Record:
    """One report beside the estimate of its design as shipped, before own runs took part in it.

    So a record stays true whatever is learned from it and others.
    """

    flow: str
    tool: str
    """As people say it, with its version: `Vitis HLS 2024.1`."""
    level: Level
    family: str
    """Device family, a `engine.boards.Family`."""
    network: str
    """See `network_digest`."""
    design: str
    """See `engine.project.design_digest`."""
    name: str
    """The design's name, for people."""
    when: str
    """Start of the run, ISO 8601, UTC."""
    estimator: str
    """Which formulas estimated: see `Flow.estimator`."""
    estimated: Figures
    reported: tuple[tuple[str, float], ...]

    @property
    def key(self) -> Key:
        """What it can teach."""
        return Key(self.flow, self.tool, self.level, self.family)

    @property
    def id(self) -> str:
        """The same design at the same place is one record, however often it is run."""
        return hashlib.sha256("\n".join((*self.key, self.design)).encode()).hexdigest()[:32]

    def pairs(self) -> dict[str, tuple[Quantity, float]]:
        """Estimate and report by target, where there are both."""
        estimated, reported = dict(self.estimated), dict(self.reported)
        both = [target for target in TARGETS if target in estimated and target in reported]
        return {target: (Quantity(*estimated[target]), reported[target]) for target in both}


def network_digest(network: Network) -> str:
    """Hash of layers and wires. Weights, precision, reuse factors and names make no other network."""
    places = {layer.name: place for place, layer in enumerate(network.layers)}
    rows = [layer_to_json(layer) for layer in network.layers]
    shape = [(row["kind"], row["params"], [places[name] for name in row["inputs"]]) for row in rows]
    return hashlib.sha256(json.dumps(shape, sort_keys=True).encode()).hexdigest()


def records_of(
    runs: Iterable[Run], design: Design, estimates: Mapping[Level, Estimate], estimator: str
) -> tuple[Record, ...]:
    """What runs of a design teach; `estimates` are of just that design, as shipped.

    Only the two reports that estimates foretell teach: a placed and routed design is another matter.
    """
    made = []
    for run in runs:
        level = _LEVELS.get(run.tier)
        estimated = figures_of(estimates[level]) if level else ()
        if level and run.state == DONE and run.tool and run.totals and estimated:
            made.append(_record(run, level, design, estimator, estimated))
    return tuple(made)


_LEVELS = {int(Tier.C_SYNTHESIS): Level.C_SYNTHESIS, int(Tier.LOGIC_SYNTHESIS): Level.LOGIC_SYNTHESIS}


def _record(run: Run, level: Level, design: Design, estimator: str, estimated: Figures) -> Record:
    return Record(
        flow=run.flow,
        tool=run.tool,
        level=level,
        family=design.target.board.family.value,
        network=network_digest(design.network),
        design=run.design,
        name=design.name,
        when=run.started,
        estimator=estimator,
        estimated=tuple((name, row) for name, row in estimated if name in TARGETS),
        reported=tuple((name, value) for name, value in run.totals if name in TARGETS),
    )


def record_to_json(record: Record) -> dict[str, Any]:
    """A record as values JSON knows."""
    return asdict(record) | {"estimated": dict(record.estimated), "reported": dict(record.reported)}


def record_from_json(value: Any) -> Record:
    """The record that `record_to_json` wrote. Raises ProjectFileError."""
    root = Node(value, "")
    level, family = root.get("level"), root.get("family")
    if level.text() not in tuple(Level):
        raise level.error(f"'{level.text()}' is no level")
    if family.text() not in tuple(Family):
        raise family.error(f"'{family.text()}' is not a device family this version knows")
    texts = {item.name: root.get(item.name).text() for item in fields(Record) if item.type is str}
    return Record(
        **texts,
        level=Level(level.text()),
        estimated=tuple((name, _figures(node)) for name, node in root.get("estimated").members() if name in TARGETS),
        reported=tuple((name, _amount(node)) for name, node in root.get("reported").members() if name in TARGETS),
    )


def _figures(node: Node) -> tuple[float, float, float]:
    found = [_amount(each) for each in node.elements()]
    if len(found) != 3 or not found[1] <= found[0] <= found[2]:
        raise node.error("value, low and high are expected")
    return found[0], found[1], found[2]


def _amount(node: Node) -> float:
    found = node.number()
    if found < 0:
        raise node.error("an amount is never below zero")
    return found
