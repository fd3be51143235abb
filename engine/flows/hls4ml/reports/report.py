"""A report as a value."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.estimate import RESOURCES, Tier

LATENCY = "latency"
INTERVAL = "interval"

Figures = tuple[tuple[str, float], ...]
"""Name → value: resources in pieces (RESOURCES; Intel's memories as RAM and MLAB), latency and interval in cycles."""


@dataclass(frozen=True, slots=True)
class Module:
    """One part of the top function, as the tool lists it. `layer` is the design's layer it belongs to, or ''."""

    name: str
    instance: str = ""
    figures: Figures = ()
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What one report says of one design. Clock periods are in ns, None where the report names none.

    `available` is what the part has of each resource. Figures that the report leaves open are missing.
    """

    tier: Tier
    tool: str
    version: str
    part: str
    totals: Figures
    available: Figures = ()
    clock_target: float | None = None
    clock_estimate: float | None = None
    modules: tuple[Module, ...] = ()

    @property
    def tool_and_version(self) -> str:
        """As people say it, e.g. `Vitis HLS 2024.1`."""
        return f"{self.tool} {self.version}".strip()

    def layers(self) -> dict[str, dict[str, float]]:
        """Figures by the design's layers, in the report's order; modules that belong to none are left out."""
        owned: dict[str, list[Module]] = {}
        for module in self.modules:
            if module.layer:
                owned.setdefault(module.layer, []).append(module)
        return {layer: together(modules) for layer, modules in owned.items()}


def together(modules: Iterable[Module]) -> dict[str, float]:
    """Figures of a layer that is built as several modules, put together as the estimate does.

    Resources add up and the slowest part sets the interval; latencies follow one another unless parts overlap.
    """
    parts = [dict(module.figures) for module in modules]
    names = dict.fromkeys(name for part in parts for name in part)
    found = {name: sum(part.get(name, 0.0) for part in parts) for name in names}
    timed = [part for part in parts if INTERVAL in part]
    if timed:
        slowest = max(timed, key=lambda part: part[INTERVAL])
        found[INTERVAL] = slowest[INTERVAL]
        if slowest[INTERVAL] > 1 and LATENCY in slowest:
            found[LATENCY] = slowest[LATENCY]
    return found


def ordered(figures: dict[str, float]) -> Figures:
    """Figures in the usual order: resources, others, latency, interval."""
    usual = (*RESOURCES, *(name for name in figures if name not in RESOURCES and name not in (LATENCY, INTERVAL)))
    return tuple((name, figures[name]) for name in (*usual, LATENCY, INTERVAL) if name in figures)


def report_to_json(report: Report) -> dict[str, Any]:
    """A report as values JSON knows; layers both put together and as the tool lists its modules."""
    return {
        "tier": int(report.tier),
        "tool": report.tool_and_version,
        "part": report.part,
        "clock_target": report.clock_target,
        "clock_estimate": report.clock_estimate,
        "totals": dict(report.totals),
        "available": dict(report.available),
        "layers": report.layers(),
        "modules": [
            {"name": each.name, "instance": each.instance, "layer": each.layer, "figures": dict(each.figures)}
            for each in report.modules
        ],
    }
