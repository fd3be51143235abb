"""`python -m tests.benchmarks.estimates --reports FILE.csv`: how near estimates are to real synthesis reports."""

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.estimates.judge import Judged, judge, shipped
from tests.benchmarks.estimates.reports import read_rows, scored
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
    print_table("As shipped", judged.pairs)
    if asked.json:
        asked.json.write_text(json.dumps({"as shipped": _values(judged)}, indent=1))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.estimates", description=__doc__)
    parser.add_argument("--reports", type=Path, required=True, help="table of designs and their reports")
    parser.add_argument("--json", type=Path, help="write the scores and every pair of numbers there")
    return parser


def _print_unbuilt(judged: Judged, count: int) -> None:
    print(f"{len(judged.unbuilt)} of {count} could not be built.")
    for reason, times in Counter(judged.unbuilt.values()).most_common():
        names = [name for name, why in judged.unbuilt.items() if why == reason]
        print(f"  {times} x {reason}: {' '.join(names[:12])}{' ...' if times > 12 else ''}")


def _values(judged: Judged) -> dict:
    return {
        "scores": as_values(judged.pairs),
        "pairs": [asdict(pair) for pair in judged.pairs],
        "unbuilt": judged.unbuilt,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
