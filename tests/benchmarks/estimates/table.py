"""The scores of all groups as a table, and as values for a file."""

from collections.abc import Iterator
from dataclasses import asdict

from engine.estimate import Level
from tests.benchmarks.estimates.measures import Pair, Scores, macro, scores, wilson
from tests.benchmarks.estimates.reports import COLUMNS, FAMILIES

_TITLES = ("level", "target", "family", "N", "SMAPE %", "median APE %", "R2", "inside %", "(90 % of)", "width %")
ALL, MACRO = "all", "macro"


def rows(pairs: list[Pair]) -> Iterator[tuple[str, str, str, Scores]]:
    """(level, target, family, scores): each family, all designs alike, and all repositories alike."""
    for level in Level:
        for target in COLUMNS[level]:
            group = [pair for pair in pairs if pair.level == level and pair.target == target]
            if not group:
                continue
            for family in sorted({pair.family for pair in group}, key=_place):
                yield level, target, family, scores([pair for pair in group if pair.family == family])
            yield level, target, ALL, scores(group)
            yield level, target, MACRO, macro(group)


def _place(family: str) -> tuple[int, str]:
    return (FAMILIES.index(family) if family in FAMILIES else len(FAMILIES), family)


def print_table(title: str, pairs: list[Pair]) -> None:
    """One line a group."""
    print(f"\n{title}\n{_line(_TITLES)}")
    for level, target, family, found in rows(pairs):
        print(_line((level, target, family, *_cells(found))))


def _cells(found: Scores) -> tuple[str, ...]:
    low, high = wilson(found.inside, found.n)
    errors = (f"{found.smape:.1f}", f"{found.median_ape:.1f}", f"{found.r2:.2f}")
    return (str(found.n), *errors, f"{found.inside:.0f}", f"{low:.0f}-{high:.0f}", f"{found.width:.0f}")


def _line(cells: tuple[str, ...]) -> str:
    return f"{cells[0]:16} {cells[1]:9} {cells[2]:7}" + "".join(f"{cell:>13}" for cell in cells[3:])


def as_values(pairs: list[Pair]) -> list[dict]:
    """The same for a file."""
    return [
        {"level": level, "target": target, "family": family, **asdict(found)}
        for level, target, family, found in rows(pairs)
    ]
