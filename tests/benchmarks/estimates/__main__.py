"""`python -m tests.benchmarks.estimates --reports FILE.csv`: how near estimates are to real synthesis reports."""

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.estimates.curve import learning_curve, print_curve
from tests.benchmarks.estimates.floor import floors, print_floors
from tests.benchmarks.estimates.goals import NETWORKS, REPOSITORIES, goal_lines, print_goals
from tests.benchmarks.estimates.judge import Judged, judge, shipped
from tests.benchmarks.estimates.learn import by_network, by_repository, cross_validated
from tests.benchmarks.estimates.left import print_shares, shares
from tests.benchmarks.estimates.observe import observe
from tests.benchmarks.estimates.reports import Report, fitted, read_rows, scored
from tests.benchmarks.estimates.single import print_single, single_dense
from tests.benchmarks.estimates.table import as_values, print_table


def main(arguments: list[str]) -> int:
    """Score a table of reports; 2 if it cannot be read."""
    asked = _parser().parse_args(arguments)
    try:
        rows = read_rows(asked.reports)
        reports = scored(rows)
    except (OSError, KeyError, ValueError) as error:
        sys.stderr.write(f"{asked.reports} is no table of reports: {error}.\n")
        return 2
    print(f"{len(rows)} rows: {len(reports)} trusted results of successful syntheses, each once.")
    judged = judge(reports, shipped)
    _print_unbuilt(judged, len(reports))
    print_table("As shipped", judged.pairs, judged.missing)
    results: dict = {"as shipped": _values(judged)}
    if asked.cross_validate:
        results |= _cross_validate(reports, judged, read_rows(asked.layers) if asked.layers else [])
    if asked.learning_curve:
        results["learning curve"] = _learning_curve(reports, read_rows(asked.layers) if asked.layers else [])
    if asked.json:
        asked.json.write_text(json.dumps(results, indent=1))
    return 0


def _cross_validate(reports: list[Report], judged: Judged, modules: list[dict[str, str]]) -> dict:
    """Refit with groups left out, factors and intervals both; the formulas themselves stay as they are."""
    observed = observe(reports, modules)
    known = [*observed.designs, *observed.modules]
    teaching = {each.id for each in fitted(reports)}
    counted = frozenset(each.id for each in reports if each.weights_known)
    results = {}
    for title, group in ((NETWORKS, by_network), (REPOSITORIES, by_repository)):
        pairs = cross_validated(known, group, lambda each: each.id in teaching)
        print_table(title.capitalize(), pairs, judged.missing)
        goals = list(goal_lines(title, pairs, counted))
        print_goals(goals)
        results[title] = {"goals": [asdict(line) | {"met": line.met, "holds": line.holds} for line in goals]}
        results[title] |= {"scores": as_values(pairs, judged.missing), "pairs": [asdict(pair) for pair in pairs]}
        if group is by_network:
            lines = list(single_dense(pairs, reports))
            print_single(lines)
            results["single dense layers"] = [asdict(line) | {"met": line.met} for line in lines]
            left = list(shares(pairs))
            print_shares(left)
            results["what is left"] = [asdict(each) for each in left]
    floor = floors(reports)
    print_floors(floor)
    results["floor"] = [asdict(each) for each in floor]
    return results


def _learning_curve(reports: list[Report], modules: list[dict[str, str]]) -> list[dict]:
    observed = observe(reports, modules)
    teaching = {each.id for each in fitted(reports)}
    points = list(learning_curve([*observed.designs, *observed.modules], lambda each: each.id in teaching))
    print_curve(points)
    return [asdict(point) for point in points]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.estimates", description=__doc__)
    parser.add_argument("--reports", type=Path, required=True, help="table of designs and their reports")
    parser.add_argument("--layers", type=Path, help="table of the modules of these reports, to learn from")
    parser.add_argument("--cross-validate", action="store_true", help="refit with networks and repositories left out")
    parser.add_argument(
        "--learning-curve", action="store_true", help="error of networks left out by how many networks taught"
    )
    parser.add_argument("--json", type=Path, help="write the scores and every pair of numbers there")
    return parser


def _print_unbuilt(judged: Judged, count: int) -> None:
    print(f"{len(judged.unbuilt)} of {count} could not be built.")
    for reason, times in Counter(judged.unbuilt.values()).most_common():
        names = [name for name, why in judged.unbuilt.items() if why == reason]
        print(f"  {times} x {reason}: {' '.join(names[:12])}{' ...' if times > 12 else ''}")


def _values(judged: Judged) -> dict:
    return {
        "scores": as_values(judged.pairs, judged.missing),
        "pairs": [asdict(pair) for pair in judged.pairs],
        "unbuilt": judged.unbuilt,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
