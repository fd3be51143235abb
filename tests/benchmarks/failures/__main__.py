"""`python -m tests.benchmarks.failures --reports FILE.csv`: how well failing syntheses are foretold."""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.estimates.reports import read_rows
from tests.benchmarks.failures.foretell import Foretold, foretell, labelled, runs_of

_TITLES = ("", "runs", "failed", "caught", "missed", "false", "precision %", "recall %", "Brier")


def main(arguments: list[str]) -> int:
    """Score a table of labelled runs; 2 if it cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.failures", description=__doc__)
    parser.add_argument("--reports", type=Path, required=True, help="table of designs and whether they synthesised")
    asked = parser.parse_args(arguments)
    try:
        rows = read_rows(asked.reports)
        reports = labelled(rows)
    except (OSError, KeyError, ValueError) as error:
        sys.stderr.write(f"{asked.reports} is no table of reports: {error}.\n")
        return 2
    found, unbuilt = foretell(reports)
    print(f"{len(rows)} rows: {len(reports)} trusted labels, {len(unbuilt)} of which could not be built.")
    for reason, times in Counter(unbuilt.values()).most_common():
        print(f"  {times} x {reason}")
    _print_scores(found)
    _print_reasons(found)
    _print_left_out(found)
    _print_missed(found)
    if not any("time" in column or "memory" in column for column in rows[0]):
        print("\nNo column has the time or the memory that a synthesis took: neither can be forecast from this table.")
    return 0


def _print_scores(found: list[Foretold]) -> None:
    print("\n" + _line(_TITLES))
    print(_scored("what is refused outright", found, lambda each: float(each.refused)))
    print(_scored("with the chances", found, lambda each: each.chance))
    for repository in sorted({each.report.repository for each in found}):
        group = [each for each in found if each.report.repository == repository]
        print(_scored(f"  {repository}"[:34], group, lambda each: each.chance))


def _scored(title: str, found: list[Foretold], chance: Callable[[Foretold], float]) -> str:
    """An alarm is a chance above a half."""
    failed = sum(each.failed for each in found)
    alarms = [each.failed for each in found if chance(each) > 0.5]
    caught = sum(alarms)
    brier = sum((chance(each) - each.failed) ** 2 for each in found) / len(found)
    precision = f"{100 * caught / len(alarms):.1f}" if alarms else "-"
    recall = f"{100 * caught / failed:.1f}" if failed else "-"
    counts = (len(found), failed, caught, failed - caught, len(alarms) - caught)
    return _line((title, *counts, precision, recall, f"{brier:.4f}"))


def _line(cells: Sequence[object]) -> str:
    return f"{cells[0]:36}" + "".join(f"{cell!s:>12}" for cell in cells[1:])


def _print_reasons(found: list[Foretold]) -> None:
    print("\nBy reason: foretold chance, and the share that failed")
    for reason in sorted({each.reason for each in found}):
        group = [each for each in found if each.reason == reason]
        chance = sum(each.chance for each in group) / len(group)
        failed = sum(each.failed for each in group)
        print(f"  {reason:68} {chance:7.1%} {failed:6} of {len(group)}")


def _print_left_out(found: list[Foretold]) -> None:
    """What a chance learnt without a group of runs would have said of that group."""
    print("\nChances learnt with a group left out: what the rest says, and the share of the group that failed")
    for reason in sorted({each.reason for each in found if not each.refused and each.chance > 0}):
        alike = [each for each in found if each.reason == reason]
        for title, key in (("shape", lambda each: each.shape), ("repository", lambda each: each.report.repository)):
            for group in sorted({key(each) for each in alike}):
                inside = [each.failed for each in alike if key(each) == group]
                rest = [each.failed for each in alike if key(each) != group]
                said = f"{sum(rest) / len(rest):.0%} of {len(rest)}" if rest else "nothing is left to learn from"
                print(f"  {reason}: {title} {group} left out: {said}; {sum(inside)} of {len(inside)}")


def _print_missed(found: list[Foretold]) -> None:
    missed = [each for each in found if each.failed and each.chance < 0.5]
    print(f"\n{len(missed)} failures that nothing foretold, in stretches of one sweep (no successful run between):")
    for stretch in runs_of(missed, found):
        shapes = sorted({each.shape for each in stretch})
        print(f"  {len(stretch)} x {stretch[0].report.id} to {stretch[-1].report.id}: {', '.join(shapes)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
