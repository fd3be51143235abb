"""`codesign-studio scoreboard`: the four designs of MLPerf Tiny's submission, simulated beside what was measured."""

from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.cli.output import explained, say, say_json, table
from app.presenters.scoreboard import TITLES, score_row
from engine.estimate import RESOURCES
from engine.network import TensorStore
from engine.project import Project, save_project
from engine.scoreboard.measured import source
from engine.scoreboard.scores import Score, scores


@explained
def main(arguments: list[str]) -> int:
    """Print the scoreboard."""
    words = "Estimate and simulate the designs submitted to MLPerf Tiny, beside what was measured of them."
    parser = ArgumentParser("codesign-studio scoreboard", description=words)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="also write the designs as projects, untrained")
    options = parser.parse_args(arguments)
    found = scores()
    if options.out is not None:
        _write(found, options.out)
    if options.json:
        say_json({"source": source(), "designs": [to_json(each) for each in found]})
        return 0
    table([TITLES, *map(score_row, found)], right=range(2, len(TITLES)))
    say(f"\nMeasured: {source()}; host and transfers are in the measured times, not in the simulated ones.")
    say("Energy checked: measured time × one constant a board, which is fitted on these figures: no prediction.")
    return 0


def to_json(found: Score) -> dict[str, Any]:
    """One design on one board."""
    measured = found.measured
    return {
        "design": measured.design,
        "board": measured.board,
        "flow": found.design.target.flow,
        "quality": measured.quality,
        "trained": False,
        "estimate": {name: found.estimate.total.resource(name).value for name in RESOURCES},
        "interval_cycles": found.estimate.total.interval.value,
        "simulated_latency_us": found.latency_us,
        "measured_latency_us": measured.latency_us,
        "simulated_energy_uj": found.energy_uj,
        "checked_energy_uj": found.checked_uj,
        "measured_energy_uj": measured.energy_uj,
    }


def _write(found: tuple[Score, ...], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="codesign-") as store:
        for each in found:
            path = folder / f"{each.measured.design}-{each.measured.board}.codesign"
            save_project(path, Project(each.design), TensorStore(Path(store)))
