"""`python -m tests.benchmarks.estimates.beside --reports FILE.csv`: our estimates beside rule4ml's, on the same rows.

Ours are cross-validated: each repository is estimated with factors that the others taught. The formulas themselves stay
as they are, and were found by looking at rows of such tables: only a table that nobody has seen tells of them.
rule4ml is as published, and may have learned from some of the rows. It does not say which tool's report it foretells:
it is compared with both. Where a row can be read in two ways, the one that errs less counts for it, row by row.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from engine.estimate import Level, exactly
from tests.benchmarks.estimates.learn import by_repository, cross_validated
from tests.benchmarks.estimates.measures import Pair, macro, scores
from tests.benchmarks.estimates.observe import observe
from tests.benchmarks.estimates.peer import InexpressibleError, expressed, predictions
from tests.benchmarks.estimates.reports import COLUMNS, Report, fitted, read_rows, scored
from tests.benchmarks.estimates.table import ALL, MACRO

GOAL = 0.5
"""At most so much of rule4ml's error."""
_TITLES = ("level", "target", "rows of", "N", "SMAPE %", "rule4ml's %", "ratio", f"goal {GOAL:g}")


@dataclass(frozen=True, slots=True)
class Line:
    """One group of rows; errors are SMAPE in percent. `n` counts rows, or repositories where those weigh alike."""

    level: str
    target: str
    group: str
    n: int
    ours: float
    theirs: float

    @property
    def ratio(self) -> float:
        """Our error over theirs."""
        return self.ours / self.theirs if self.theirs else float("inf")


def main(arguments: list[str]) -> int:
    """Compare on a table of reports; 2 if it cannot be read, 1 without rule4ml."""
    asked = _parser().parse_args(arguments)
    try:
        reports = scored(read_rows(asked.reports))
        modules = read_rows(asked.layers) if asked.layers else []
    except (OSError, KeyError, ValueError) as error:
        sys.stderr.write(f"{asked.reports} is no table of reports: {error}.\n")
        return 2
    rows, unsaid = _expressed(reports)
    print(f"{len(reports)} trusted results of successful syntheses; rule4ml can express {len(rows)}.")
    for reason, names in unsaid.items():
        print(f"  {len(names)} x {reason}: {' '.join(names[:8])}{' ...' if len(names) > 8 else ''}")
    try:
        said = predictions(rows)
    except RuntimeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    observed = observe(reports, modules)
    teaching = {each.id for each in fitted(reports)}
    ours = cross_validated([*observed.designs, *observed.modules], by_repository, lambda each: each.id in teaching)
    lines = list(compared(ours, said))
    _print(lines, Counter(observed.unbuilt[id] for id in said if id in observed.unbuilt))
    if asked.json:
        asked.json.write_text(json.dumps([asdict(line) | {"ratio": line.ratio} for line in lines], indent=1))
    return 0


def compared(ours: list[Pair], said: dict[str, list[dict[str, float]]]) -> Iterator[Line]:
    """Our pairs beside rule4ml's, on the rows that both have; of its readings of a row the one that errs less."""
    both = [pair for pair in ours if pair.id in said]
    for level in Level:
        for target in COLUMNS[level]:
            mine = [pair for pair in both if (pair.level, pair.target) == (level.value, target)]
            theirs = [_nearest(pair, said[pair.id]) for pair in mine]
            for family in sorted({pair.family for pair in mine}):
                yield _line(level, target, family, *(_of_family(pairs, family) for pairs in (mine, theirs)))
            if mine:
                yield _line(level, target, ALL, mine, theirs)
                found, other = macro(mine), macro(theirs)
                yield Line(level.value, target, MACRO, found.n, found.smape, other.smape)


def _nearest(pair: Pair, readings: list[dict[str, float]]) -> Pair:
    pairs = [replace(pair, estimate=exactly(reading[pair.target])) for reading in readings]
    return min(pairs, key=lambda each: each.symmetric)


def _of_family(pairs: list[Pair], family: str) -> list[Pair]:
    return [pair for pair in pairs if pair.family == family]


def _line(level: Level, target: str, group: str, ours: list[Pair], theirs: list[Pair]) -> Line:
    return Line(level.value, target, group, len(ours), scores(ours).smape, scores(theirs).smape)


def _expressed(reports: list[Report]) -> tuple[list[dict], dict[str, list[str]]]:
    """Rows as rule4ml takes them, and the names of the others by the reason."""
    rows: list[dict] = []
    unsaid: dict[str, list[str]] = {}
    for report in reports:
        try:
            rows.append(expressed(report))
        except (InexpressibleError, KeyError, ValueError) as error:
            reason = f"no {error} in the table" if isinstance(error, KeyError) else str(error)
            unsaid.setdefault(reason, []).append(report.id)
    return rows, unsaid


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.estimates.beside", description=__doc__)
    parser.add_argument("--reports", type=Path, required=True, help="table of designs and their reports")
    parser.add_argument("--layers", type=Path, help="table of the modules of these reports, to learn from")
    parser.add_argument("--json", type=Path, help="write the lines there")
    return parser


def _print(lines: list[Line], unbuilt: Counter[str]) -> None:
    for reason, times in unbuilt.items():
        print(f"  {times} x that rule4ml has and we cannot build: {reason}")
    print(f"\n{_text(_TITLES)}")
    for line in lines:
        met = "met" if line.ratio <= GOAL else "NOT MET"
        numbers = (str(line.n), f"{line.ours:.1f}", f"{line.theirs:.1f}", f"{line.ratio:.2f}")
        print(_text((line.level, line.target, line.group, *numbers, met)))


def _text(cells: tuple[str, ...]) -> str:
    return f"{cells[0]:16} {cells[1]:9} {cells[2]:8}" + "".join(f"{cell:>13}" for cell in cells[3:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
