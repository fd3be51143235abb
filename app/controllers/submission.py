"""What is remembered of a job from its start on, and what the ledger keeps of it at its end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from engine.calibration import Record, records_of
from engine.design import Design
from engine.estimate import Estimate, Level, level_of
from engine.flows.registry import flow
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from engine.project import Figures, Run, figures_of


@dataclass(frozen=True, slots=True)
class Submission:
    """A job that was started: the digest of its design, the flow's id, and what was estimated then."""

    action: str
    design: str
    flow: str
    estimates: Mapping[Level, Estimate]
    as_shipped: Mapping[Level, Estimate]
    """The same without own runs."""
    snapshot: Design

    def figures(self, level: Level) -> Figures:
        """What was estimated of a level's report."""
        return figures_of(self.estimates[level])

    def runs(self, view: JobView) -> tuple[Run, ...]:
        """What the ledger keeps of the job, which has ended: a run for each of its reports, or one without figures."""
        result = view.result if view.state is JobState.DONE and isinstance(view.result, dict) else {}
        started = datetime.fromtimestamp(view.started or view.submitted, UTC)
        run = Run(
            action=self.action,
            state=str(view.state),
            started=started.isoformat(timespec="seconds"),
            seconds=round(view.elapsed, 3),
            design=self.design,
            flow=self.flow,
            tool=str(result.get("tool", "")),
            folder=str(view.folder),
            reason=view.reason,
        )
        return tuple(self._with_figures(run, report) for report in result.get("reports", ())) or (run,)

    def records(self, runs: Iterable[Run]) -> tuple[Record, ...]:
        """What the ledger's runs teach estimates."""
        return records_of(runs, self.snapshot, self.as_shipped, flow(self.flow).estimator)

    def _with_figures(self, run: Run, report: Mapping[str, Any]) -> Run:
        estimated = self.figures(level_of(report["tier"]))
        layers = tuple((name, tuple(row.items())) for name, row in report["layers"].items())
        totals, tool = tuple(report["totals"].items()), report["tool"] or run.tool
        return replace(run, tool=tool, tier=report["tier"], totals=totals, layers=layers, estimated=estimated)
