"""The scores of all groups as a table, and as values for a file."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from engine.estimate import Level
from tests.benchmarks.estimates.measures import Missing, Pair, Scores, macro, scores, wilson
from tests.benchmarks.estimates.reports import COLUMNS, DEVELOPMENT, FAMILIES

_TITLES = ("level", "target", "family", "N", "SMAPE %", "median APE %", "R2", "inside %", "(90 % of)", "width %")
ALL, MACRO, RELEASED = "all", "macro", "release"
"""Every design alike; every repository alike; the same without those of unreleased kernels."""


def rows(pairs: list[Pair], missing: Sequence[Missing] = ()) -> Iterator[tuple[str, str, str, Scores]]:
    """(level, target, family, scores): each family, all designs alike, and all repositories alike."""
    for level in Level:
        for target in COLUMNS[level]:
            group = [pair for pair in pairs if (pair.level, pair.target) == (level, target)]
            gaps = [each for each in missing if (each.level, each.target) == (level, target)]
            if not group and not gaps:
                continue
            for family in sorted({each.family for each in (*group, *gaps)}, key=_place):
                lacking = sum(each.family == family for each in gaps)
                yield level, target, family, scores([pair for pair in group if pair.family == family], lacking)
            yield level, target, ALL, scores(group, len(gaps))
            yield level, target, MACRO, macro(group, gaps)
            released = [pair for pair in group if pair.repository not in DEVELOPMENT]
            yield level, target, RELEASED, macro(released, [gap for gap in gaps if gap.repository not in DEVELOPMENT])


def _place(family: str) -> tuple[int, str]:
    return (FAMILIES.index(family) if family in FAMILIES else len(FAMILIES), family)


def print_table(title: str, pairs: list[Pair], missing: Sequence[Missing] = ()) -> None:
    """One line a group."""
    print(f"\n{title}\n{_line(_TITLES)}")
    for level, target, family, found in rows(pairs, missing):
        print(_line((level, target, family, *_cells(found))))


def _cells(found: Scores) -> tuple[str, ...]:
    low, high = wilson(found.inside, max(found.n, 1))
    errors = (f"{found.smape:.1f}", f"{found.median_ape:.1f}", f"{found.r2:.2f}")
    return (str(found.n), *errors, f"{found.inside:.0f}", f"{low:.0f}-{high:.0f}", f"{found.width:.0f}")


def _line(cells: tuple[str, ...]) -> str:
    return f"{cells[0]:16} {cells[1]:9} {cells[2]:7}" + "".join(f"{cell:>13}" for cell in cells[3:])


def as_values(pairs: list[Pair], missing: Sequence[Missing] = ()) -> list[dict]:
    """The same for a file."""
    return [
        {"level": level, "target": target, "family": family, **asdict(found)}
        for level, target, family, found in rows(pairs, missing)
    ]
