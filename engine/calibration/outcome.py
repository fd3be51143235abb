"""What own runs have done for the estimates: errors as shipped and with the runs before each one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from engine.calibration.record import TARGETS, Key, Record
from engine.calibration.replay import Foretold, Replayed, error, inside, replay


@dataclass(frozen=True, slots=True)
class TargetOutcome:
    """One quantity over all runs of a key; errors and shares in percent. `n` counts reports."""

    target: str
    n: int
    error_shipped: float
    error_own: float
    inside_shipped: float
    inside_own: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """All runs of a key, the oldest first, and what came of them."""

    key: Key
    runs: tuple[Replayed, ...]
    targets: tuple[TargetOutcome, ...]

    @property
    def networks(self) -> int:
        """How many different networks were run."""
        return len({run.record.network for run in self.runs})


def outcomes(records: Iterable[Record]) -> tuple[Outcome, ...]:
    """For each key, that of the newest run first. Records are of the estimators of today."""
    groups: dict[Key, list[Record]] = defaultdict(list)
    for record in records:
        groups[record.key].append(record)
    newest_first = sorted(groups.items(), key=lambda item: max(each.when for each in item[1]), reverse=True)
    return tuple(_outcome(key, replay(group)) for key, group in newest_first)


def _outcome(key: Key, runs: tuple[Replayed, ...]) -> Outcome:
    by_target = {target: [each for run in runs if (each := run.of(target))] for target in TARGETS}
    return Outcome(key, runs, tuple(_target(target, found) for target, found in by_target.items() if found))


def _target(target: str, found: list[Foretold]) -> TargetOutcome:
    return TargetOutcome(
        target,
        len(found),
        fmean([error(each.shipped.value, each.said) for each in found]),
        fmean([error(each.own.value, each.said) for each in found]),
        100 * fmean([inside(each.shipped, each.said) for each in found]),
        100 * fmean([inside(each.own, each.said) for each in found]),
    )
