"""What own runs teach the flows of today."""

from collections.abc import Iterable

from engine.calibration import OwnRuns, Record, own_runs
from engine.flows.labels import LABELS
from engine.flows.registry import flow


def taught_by(records: Iterable[Record]) -> OwnRuns:
    """What records teach the estimators of today."""
    return own_runs(current(records))


def current(records: Iterable[Record]) -> tuple[Record, ...]:
    """Records of the estimators of today: those of other formulas say nothing of the errors of these."""
    kept = tuple(records)
    estimators = {used: flow(used).estimator for used in {record.flow for record in kept} & LABELS.keys()}
    return tuple(record for record in kept if record.estimator == estimators.get(record.flow))
