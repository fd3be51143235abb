"""What the studio's findings foretell of designs whose synthesis is known to have failed or not."""

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from engine.advice import Severity
from engine.advice.settings import setting_findings
from engine.design import Design
from engine.flows.registry import flow
from engine.network import TensorStore
from tests.benchmarks.estimates.rebuild import UnbuildableError, design_of
from tests.benchmarks.estimates.reports import TRUSTED, Report

_TOOLS_OWN = ("strategy", "reuse factor")
"""Settings that the vendor's tool refuses; others are the converter's business."""
NONE = "nothing found"


@dataclass(frozen=True, slots=True)
class Foretold:
    """A run, what was said of it before, and whether it failed."""

    report: Report
    shape: str
    reason: str
    chance: float
    refused: bool

    @property
    def failed(self) -> bool:
        """Whether the tool gave no result."""
        return self.report.row["success"] == "0"


def labelled(rows: list[dict[str, str]]) -> list[Report]:
    """Trusted runs, failed ones too, each once."""
    kept = [row for row in rows if row["success"] in ("0", "1") and not row["is_duplicate_of"]]
    return [Report(row) for row in kept if row["config_trust"] in TRUSTED]


def foretell(reports: list[Report]) -> tuple[list[Foretold], dict[str, str]]:
    """What is foretold of each, and why others could not be built."""
    found, unbuilt = [], {}
    for report in reports:
        # No finding about synthesis asks for weights.
        for entry in report.layers:
            entry.pop("wstats_w", None), entry.pop("wstats_wr", None)
        with tempfile.TemporaryDirectory() as folder:
            try:
                design = design_of(report, TensorStore(Path(folder)))
            except UnbuildableError as error:
                unbuilt[report.id] = str(error)
                continue
            found.append(_foretold(report, design))
    return found, unbuilt


def _foretold(report: Report, design: Design) -> Foretold:
    its_flow = flow(design.target.flow)
    shape = " ".join(
        f"{entry['n_in']}x{entry['n_out']}" for entry in report.layers if {"n_in", "n_out"} <= entry.keys()
    )
    refused = [each for each in setting_findings(design, its_flow) if each.severity is Severity.OVER]
    refused = [each for each in refused if any(word in each.title for word in _TOOLS_OWN)]
    if refused:
        return Foretold(report, shape, _kind(refused[0].detail), 1.0, refused=True)
    risks = sorted(its_flow.risks(design), key=lambda risk: -(risk.chance or 0))
    if not risks:
        return Foretold(report, shape, NONE, 0.0, refused=False)
    return Foretold(report, shape, risks[0].detail, risks[0].chance or 0.0, refused=risks[0].certain)


def _kind(reason: str) -> str:
    """A reason without its own numbers: `Latency is off: N products, limit 4,096.`"""
    return re.sub(r"[\d,]+ (products|multipliers)", r"N \1", reason)


def runs_of(missed: list[Foretold], found: list[Foretold]) -> list[list[Foretold]]:
    """Missed failures in stretches between which no run of the same strategy and reuse factor group succeeded."""
    stretches: list[list[Foretold]] = []
    names = {each.report.id for each in missed}
    last = ""
    for each in found:
        if each.report.id not in names:
            # Reuse factor 1 fails for its own reason in the midst of a stretch.
            last = last if each.failed else ""
            continue
        if last:
            stretches[-1].append(each)
        else:
            stretches.append([each])
        last = each.report.id
    return stretches
