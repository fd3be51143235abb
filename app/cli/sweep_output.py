"""How the front of a sweep is written: a table, JSON or CSV."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from app.cli.output import say, table
from engine.advice.words import resource_name, time_text
from engine.design import REUSE_FACTOR, Design, Settings
from engine.estimate import QUANTITIES, Axis
from engine.precision import FixedType
from engine.search import Found, Front

_SHOWN = 40
"""Rows of the table at most; JSON and CSV have them all."""
_RESOURCES = ("LUT", "FF", "DSP", "BRAM18")


def print_front(design: Design, axes: Sequence[Axis], found: Front) -> None:
    """What was evaluated, and the front with the settings of each layer that varies."""
    say(f"{design.name} on {design.target.board.name}, {design.target.clock_ns:g} ns, {design.target.io_type}")
    say(f"{found.evaluated:,} combinations, {found.fitting:,} fit the board.\n")
    rows = found.settings or (found.nearest,)
    if not found.settings:
        say(f"None fits. The nearest takes {_share(found.nearest)} of the board:")
    varying = [place for place, axis in enumerate(axes) if len(axis.candidates) > 1]
    names = (resource_name(name, design.target.board) for name in _RESOURCES)
    header = ("Latency", "Interval", *names, "Fullest", *(axes[place].layer for place in varying))
    table([header, *(_row(design, axes, varying, each) for each in _thinned(rows))], right=range(6))
    if len(rows) > _SHOWN:
        say(f"{_SHOWN} of {len(rows)}, evenly; --csv and --json have all.")
    say(f"\nA layer's cell is {_meaning(axes)}. --csv names each setting as --set takes it.")
    if _keys(axes) - {REUSE_FACTOR}:
        say("Narrower weights may cost accuracy: `evaluate` tells how much.")


def _row(design: Design, axes: Sequence[Axis], varying: Sequence[int], found: Found) -> tuple[str, ...]:
    numbers = (f"{found.totals[name]:,.0f}" for name in ("interval", *_RESOURCES))
    cells = (_cell(axes[place].candidates[found.picks[place]]) for place in varying)
    return (time_text(found.totals["latency"] * design.target.clock_ns / 1000), *numbers, _share(found), *cells)


def _share(found: Found) -> str:
    return f"{100 * found.share:.0f} % {found.fullest}"


def _cell(settings: Settings) -> str:
    """Reuse factor and width of the weights: `16 · 6 bit`."""
    reuse_factor = settings.get(REUSE_FACTOR)
    widths = [value.width for _, value in settings.items if isinstance(value, FixedType)]
    words = [f"{reuse_factor}"] if reuse_factor is not None else []
    return " · ".join([*words, *(f"{width} bit" for width in widths[:1])])


def _meaning(axes: Sequence[Axis]) -> str:
    keys = _keys(axes)
    words = ["its reuse factor"] if REUSE_FACTOR in keys else []
    return " and ".join([*words, *(["the width of its weights"] if keys - {REUSE_FACTOR} else [])])


def _keys(axes: Sequence[Axis]) -> set[str]:
    return {key for axis in axes for key, _ in axis.candidates[0].items}


def _thinned(rows: Sequence[Found]) -> list[Found]:
    if len(rows) <= _SHOWN:
        return list(rows)
    return [rows[round(place * (len(rows) - 1) / (_SHOWN - 1))] for place in range(_SHOWN)]


def as_json(design: Design, axes: Sequence[Axis], found: Front) -> dict[str, Any]:
    """Board, counts, and each setting of the front with its totals."""
    target = design.target
    return {
        "design": design.name,
        "board": target.board.id,
        "clock_ns": target.clock_ns,
        "flow": target.flow,
        "io_type": target.io_type,
        "evaluated": found.evaluated,
        "fitting": found.fitting,
        "front": [
            {
                "share": each.share,
                "fullest": each.fullest,
                "total": dict(each.totals),
                "settings": _settings(axes, each),
            }
            for each in found.settings
        ],
    }


def _settings(axes: Sequence[Axis], found: Found) -> dict[str, str | int]:
    """As `--set` takes them: `fc1.reuse_factor` → 4."""
    chosen = [(axis.layer, axis.candidates[pick]) for axis, pick in zip(axes, found.picks, strict=True)]
    return {
        f"{layer}.{key}": value if isinstance(value, int) else str(value)
        for layer, settings in chosen
        for key, value in settings.items
    }


def as_csv(axes: Sequence[Axis], found: Front) -> str:
    """One line a setting of the front."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    keys = [f"{axis.layer}.{key}" for axis in axes for key, _ in axis.candidates[0].items]
    writer.writerow([*QUANTITIES, "share", "fullest", *keys])
    for each in found.settings:
        settings = _settings(axes, each)
        totals = [f"{each.totals[name]:g}" for name in QUANTITIES]
        writer.writerow([*totals, f"{each.share:.4f}", each.fullest, *(settings[key] for key in keys)])
    return text.getvalue().rstrip("\n")
