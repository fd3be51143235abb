"""How estimates would have fared: each run foretold from those before it, as the studio would have done it then."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.calibration.apply import corrected
from engine.calibration.learn import Lessons
from engine.calibration.own import Own
from engine.calibration.record import Record
from engine.estimate import Quantity


@dataclass(frozen=True, slots=True)
class Foretold:
    """One quantity of one run: as shipped, with what the runs before it had taught, and as reported."""

    target: str
    shipped: Quantity
    own: Quantity
    said: float


@dataclass(frozen=True, slots=True)
class Replayed:
    """A record with its quantities as they would have been foretold."""

    record: Record
    foretold: tuple[Foretold, ...]

    def of(self, target: str) -> Foretold | None:
        """One of the quantities; None where estimate or report lacks it."""
        return next((each for each in self.foretold if each.target == target), None)


def replay(records: Iterable[Record]) -> tuple[Replayed, ...]:
    """Records of one key and one estimator, the oldest first, each foretold from those before it."""
    lessons, replayed = Lessons(), []
    for record in sorted(records, key=lambda each: each.when):
        replayed.append(_foretell(record, lessons.own()))
        lessons.add(record)
    return tuple(replayed)


def error(estimate: float, said: float) -> float:
    """Symmetric error in percent: over the mean of both plus one, as the benchmark of the estimates has it."""
    return 100 * abs(estimate - said) / ((estimate + said) / 2 + 1)


def inside(estimate: Quantity, said: float) -> bool:
    """Whether a report lies in the interval, to the rounding of a whole number."""
    return estimate.low - 0.5 <= said <= estimate.high + 0.5


def _foretell(record: Record, own: Own) -> Replayed:
    foretold = [
        Foretold(target, shipped, corrected(shipped, own.of(target, shipped)), said)
        for target, (shipped, said) in record.pairs().items()
    ]
    return Replayed(record, tuple(foretold))
