"""`python -m tests.benchmarks.estimates.fit --reports FILE.csv [--layers FILE.csv]`: learn the corrections anew.

Writes `resources/estimates/corrections.json`: factors, stretches, and every source with what was learned from it.
Numbers of designs are read; no code and no weights.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from engine.estimate import Level
from engine.flows.hls4ml.cost.corrections import FILE
from tests.benchmarks.estimates.learn import SITES, Learned, by_repository, learn, prior
from tests.benchmarks.estimates.observe import FITTED, Observation, observe
from tests.benchmarks.estimates.reports import Report, fitted, read_rows, scored


def main(arguments: list[str]) -> int:
    """Learn from a table and write what was learned."""
    asked = parser(__doc__ or "").parse_args(arguments)
    reports = fitted(scored(read_rows(asked.reports)))
    observed = observe(reports, read_rows(asked.layers) if asked.layers else [])
    learned = learn([*observed.designs, *observed.modules], by_repository)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(as_data(learned, reports, observed.designs), indent=1) + "\n")
    print(f"{len(reports)} designs, {len(observed.modules) // len(FITTED)} modules: {asked.out}")
    return 0


def parser(about: str) -> argparse.ArgumentParser:
    """The options."""
    found = argparse.ArgumentParser(prog="python -m tests.benchmarks.estimates.fit", description=about)
    found.add_argument("--reports", type=Path, required=True, help="table of designs and their reports")
    found.add_argument("--layers", type=Path, help="table of the modules of these reports")
    found.add_argument("--out", type=Path, default=FILE, help="where to write (default: what the studio ships)")
    return found


def as_data(learned: Learned, reports: list[Report], designs: list[Observation]) -> dict:
    """What `engine.flows.hls4ml.cost.corrections.book_of` reads."""
    data: dict = {"sources": _sources(reports, designs)}
    for level in Level:
        widths = {target: round(width, 3) for (at, target), width in learned.widths.items() if at is level}
        for tool, parts in SITES:
            entry = {"lut": _rounded(learned, level, "LUT", (tool, parts))}
            entry |= {"ff": _rounded(learned, level, "FF", (tool, parts)), "widths": widths}
            entry |= {f"{target.lower()}_else": prior(level, target, "", (tool, parts)) for target in FITTED}
            data.setdefault(level.value, {}).setdefault(tool, {})[parts] = entry
    return data


def _rounded(learned: Learned, level: Level, target: str, site: tuple[str, str]) -> dict[str, float]:
    factors = learned.factors.get((level, target, site), {})
    return {term: round(factor, 4) for term, factor in factors.items()}


def _sources(reports: list[Report], designs: list[Observation]) -> list[dict]:
    """Per repository: licence, tools, and how many reports at each level."""
    rows: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        rows[report.repository].append(report)
    return [
        {
            "repository": repository,
            "licence": each[0].row.get("license") or "none stated",
            "tools": sorted({f"{one.row['tool']} {one.row.get('tool_version', '')}".strip() for one in each}),
            "reports": {level.value: _counts(designs, repository, level) for level in Level},
        }
        for repository, each in sorted(rows.items())
    ]


def _counts(designs: list[Observation], repository: str, level: Level) -> dict[str, int]:
    """How many designs by tool."""
    own = {(one.id, one.site[0]) for one in designs if one.repository == repository and one.level is level}
    return dict(sorted(Counter(tool for _, tool in own).items()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
