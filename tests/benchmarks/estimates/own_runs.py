"""`python -m tests.benchmarks.estimates.own_runs --reports FILE.csv [--layers FILE.csv]`: what own runs are worth.

Every repository plays a user: the corrections that ship are learned without it, its reports come one after the other
in the table's order, and each is foretold as shipped and with what the reports before it have taught. The first of each
tool version, level and device family teaches only. Users weigh alike; of widths the median run of each counts.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from statistics import fmean, median

from engine.boards import Family
from engine.calibration import Foretold, Record, error, inside, replay
from engine.estimate import Level, Quantity
from tests.benchmarks.estimates.learn import by_repository, cross_validated
from tests.benchmarks.estimates.measures import Pair
from tests.benchmarks.estimates.observe import observe
from tests.benchmarks.estimates.reports import COLUMNS, Report, fitted, read_rows, scored

Told = dict[tuple[Level, str], dict[str, list[Foretold]]]
"""By level and quantity, then by user."""


def main(arguments: list[str]) -> int:
    """Replay a table and print errors and intervals before and after."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.estimates.own_runs", description=__doc__)
    parser.add_argument("--reports", type=Path, required=True, help="table of designs and their reports")
    parser.add_argument("--layers", type=Path, help="table of the modules of these reports, to learn from")
    asked = parser.parse_args(arguments)
    reports = scored(read_rows(asked.reports))
    observed = observe(reports, read_rows(asked.layers) if asked.layers else [])
    teaching = {each.id for each in fitted(reports)}
    known = [*observed.designs, *observed.modules]
    pairs = cross_validated(known, by_repository, lambda each: each.id in teaching)
    print_told(told(records(reports, pairs)))
    return 0


def records(reports: list[Report], pairs: Iterable[Pair]) -> dict[str, list[Record]]:
    """By user what the reports would have left on the disk, the earliest first."""
    rows = {report.id: (place, report) for place, report in enumerate(reports)}
    by_run: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_run[pair.id, pair.level].append(pair)
    found: dict[str, list[Record]] = defaultdict(list)
    for (name, _), run in sorted(by_run.items(), key=lambda item: rows[item[0][0]][0]):
        found[run[0].repository].append(_record(*rows[name], run))
    return found


def _record(place: int, report: Report, run: list[Pair]) -> Record:
    row = report.row
    family = Family.SERIES_7 if row["part"].startswith("xc7") else Family.ULTRASCALE_PLUS
    return Record(
        flow=row["backend"],
        tool=f"{row['tool']} {row['tool_version'].rstrip('?')}",
        level=Level(run[0].level),
        family=family.value,
        network=report.network,
        design=report.id,
        name=report.id,
        when=f"{place:06}",
        estimator="",
        estimated=tuple((each.target, (each.estimate.value, each.estimate.low, each.estimate.high)) for each in run),
        reported=tuple((each.target, each.said) for each in run),
    )


def told(users: dict[str, list[Record]]) -> Told:
    """What each user would have been told, without the first run of each kind."""
    found: Told = defaultdict(lambda: defaultdict(list))
    for user, own in users.items():
        keys = dict.fromkeys(record.key for record in own)
        for key in keys:
            for run in replay([record for record in own if record.key == key])[1:]:
                for each in run.foretold:
                    found[key.level, each.target][user].append(each)
    return found


def print_told(found: Told) -> None:
    """One line for each level and quantity."""
    print("                                              SMAPE %            inside %             width %")
    print("level            target     users  reports   shipped -> own      shipped -> own      shipped -> own")
    for level in Level:
        for target in COLUMNS[level]:
            users = found.get((level, target))
            if users:
                print(f"{level:16} {target:9} {_line(list(users.values()))}")


def _line(users: list[list[Foretold]]) -> str:
    cells = [f"{len(users):5}  {sum(map(len, users)):7}"]
    for measure, middle in ((_error, fmean), (_inside, fmean), (_width, median)):
        shipped, own = (
            fmean(middle([measure(getattr(each, of), each.said) for each in runs]) for runs in users) for of in _OF
        )
        cells.append(f"{shipped:9.1f} -> {own:6.1f}")
    return "  ".join(cells)


_OF = ("shipped", "own")


def _error(estimate: Quantity, said: float) -> float:
    return error(estimate.value, said)


def _inside(estimate: Quantity, said: float) -> float:
    return 100.0 * inside(estimate, said)


def _width(estimate: Quantity, said: float) -> float:
    return 100 * (estimate.high - estimate.low) / max(said, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
