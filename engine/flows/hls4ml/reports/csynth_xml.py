"""`<top>_csynth.xml`: the totals of C synthesis, as Vivado HLS and Vitis HLS write them."""

from pathlib import Path

from engine.estimate import Tier
from engine.flows.hls4ml.reports.errors import ReportError
from engine.flows.hls4ml.reports.leaves import Leaf, read_leaves
from engine.flows.hls4ml.reports.report import INTERVAL, LATENCY, Report, ordered
from engine.flows.hls4ml.reports.source import number

_VERSION = "profile/ReportVersion/Version"
_PART = "profile/UserAssignments/Part"
_TARGET = "profile/UserAssignments/TargetClockPeriod"
_ESTIMATE = "profile/PerformanceEstimates/SummaryOfTimingAnalysis/EstimatedClockPeriod"
_OVERALL = "profile/PerformanceEstimates/SummaryOfOverallLatency/"
_CYCLES = {LATENCY: f"{_OVERALL}Worst-caseLatency", INTERVAL: f"{_OVERALL}Interval-max"}
RESOURCE_NAMES = {"LUT": "LUT", "FF": "FF", "DSP": "DSP", "DSP48E": "DSP", "BRAM_18K": "BRAM18", "URAM": "URAM"}
"""The tools' words for resources; Vivado HLS says DSP48E, Vitis HLS DSP."""
NEEDED = ("LUT", "FF", "DSP", "BRAM18")
"""Resources that every report of an AMD tool has."""
_USED, _THERE = "profile/AreaEstimates/Resources", "profile/AreaEstimates/AvailableResources"

_WANTED = frozenset(
    {_VERSION, _PART, _TARGET, _ESTIMATE, *_CYCLES.values()}
    | {f"{place}/{name}" for place in (_USED, _THERE) for name in RESOURCE_NAMES}
)


def read_csynth_xml(path: Path) -> Report:
    """The totals, without modules. Raises ReportError, also where resources are missing."""
    leaves = _Leaves(path, read_leaves(path, _WANTED))
    used = leaves.resources(_USED)
    missing = [name for name in NEEDED if name not in used]
    if missing:
        raise ReportError(path, _USED, f"no figure for {', '.join(missing)}")
    cycles = {name: leaves.number(place) for name, place in _CYCLES.items()}
    version = leaves.text(_VERSION)
    return Report(
        tier=Tier.C_SYNTHESIS,
        tool="Vivado HLS" if version < "2020.2" else "Vitis HLS",
        version=version,
        part=leaves.text(_PART),
        totals=ordered(used | {name: value for name, value in cycles.items() if value is not None}),
        available=ordered(leaves.resources(_THERE)),
        clock_target=leaves.number(_TARGET),
        clock_estimate=leaves.number(_ESTIMATE),
    )


class _Leaves:
    """What was found in one file, with errors that name the element."""

    def __init__(self, path: Path, found: dict[str, Leaf]) -> None:
        self._path, self._found = path, found

    def text(self, place: str) -> str:
        if place not in self._found or not self._found[place].text:
            raise ReportError(self._path, place, "the element is missing or empty")
        return self._found[place].text[:200]

    def number(self, place: str) -> float | None:
        leaf = self._found.get(place)
        if leaf is None:
            return None
        try:
            return number(leaf.text)
        except ValueError as error:
            raise ReportError(self._path, f"line {leaf.line}, {place}", str(error)) from error

    def resources(self, place: str) -> dict[str, float]:
        there = {tag: name for tag, name in RESOURCE_NAMES.items() if f"{place}/{tag}" in self._found}
        read = {name: self.number(f"{place}/{tag}") for tag, name in there.items()}
        return {name: value for name, value in read.items() if value is not None}
