"""Flows beside each other, in rows of words."""

from collections.abc import Callable, Sequence

from engine.advice import limit
from engine.advice.words import per_second, resource_name, time_text
from engine.boards import Board
from engine.estimate import RESOURCES, energy_text
from engine.flows.labels import LABELS
from engine.search.comparison import Column, Folded

Row = tuple[str, ...]


def titles(columns: Sequence[Column]) -> Row:
    """The flows."""
    return ("", *(column.label for column in columns), "Board")


def rows(columns: Sequence[Column], board: Board) -> list[Row]:
    """Resources, latency, rate, energy and accuracy; one column a flow, then what the board has."""
    found = [
        (resource_name(name, board), *_cells(columns, name, _count), _limit(limit(board, name)))
        for name in RESOURCES
        if any(column.amount(name) for column in columns)
    ]
    found.append(("Latency", *_cells(columns, "latency_us", time_text), ""))
    found.append(("Rate", *_cells(columns, "rate", per_second), ""))
    found.append(("Energy", *_cells(columns, "energy_uj", energy_text), ""))
    found.append(("Accuracy", *(column.accuracy or "–" for column in columns), ""))
    return found


def refusals(columns: Sequence[Column]) -> list[str]:
    """Why flows have no numbers."""
    return [f"{column.label}: {column.refusal}" for column in columns if column.refusal]


def under_way(left: Sequence[str], done: int, folded: Folded) -> str:
    """`Fitting the open flow to the board… 1 of 3 flows done.`"""
    label = LABELS[left[0]]
    doing = {Folded.AS_SET: "Estimating", Folded.FITTED: "Fitting", Folded.AT_RATE: "Folding"}[folded]
    return f"{doing} and evaluating {label}… {done} of {done + len(left)} flows done."


def _cells(columns: Sequence[Column], name: str, words: Callable[[float], str]) -> list[str]:
    return ["–" if (amount := column.amount(name)) is None else words(amount) for column in columns]


def _count(amount: float) -> str:
    return f"{amount:,.0f}"


def _limit(found: int | None) -> str:
    return "" if found is None else f"{found:,}"
