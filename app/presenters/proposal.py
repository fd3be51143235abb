"""What a proposed folding comes to, in rows and sentences."""

from collections.abc import Iterator
from typing import NamedTuple

from engine.advice import is_late, limit
from engine.advice.words import SETTING_WORDS, per_second, resource_name, time_text
from engine.boards import all_boards
from engine.design import Design, Requirement
from engine.estimate import RESOURCES, Estimate

Row = tuple[str, ...]


def change_rows(changes: list[list[object]]) -> tuple[Row, ...]:
    """`conv1, PE` from 1 to 16."""
    return tuple(
        (f"{layer}, {_setting(str(key))}", "–" if before is None else _value(before), _value(after))
        for layer, key, before, after in changes
    )


def total_rows(before: Estimate, after: Estimate, wanted: Requirement) -> tuple[Row, ...]:
    """Resources beside what the board has, latency and rate beside what is required."""
    return tuple(each.row for each in _totals(before, after, wanted))


def over_limit(before: Estimate, after: Estimate, wanted: Requirement) -> set[tuple[int, int]]:
    """Row and column of the totals that miss the limit beside them."""
    totals = list(enumerate(_totals(before, after, wanted)))
    return {(place, 1) for place, each in totals if each.missed_now} | {
        (place, 2) for place, each in totals if each.missed_then
    }


class _Total(NamedTuple):
    row: Row
    missed_now: bool
    missed_then: bool


def _totals(before: Estimate, after: Estimate, wanted: Requirement) -> Iterator[_Total]:
    board = after.target.board
    for name in RESOURCES:
        now, then = (each.total.resource(name).value for each in (before, after))
        if now or then:
            most = limit(board, name)
            row = (resource_name(name, board), f"{now:,.0f}", f"{then:,.0f}", "" if most is None else f"{most:,}")
            yield _Total(row, *(most is not None and each > most for each in (now, then)))
    yield _latency(before.latency_us.value, after.latency_us.value, wanted.max_latency_us)
    yield _rate(before.rate.value, after.rate.value, wanted.min_rate)


def _latency(now: float, then: float, most: float | None) -> _Total:
    row = ("Latency", time_text(now), time_text(then), "" if most is None else f"≤ {time_text(most)}")
    return _Total(row, *(most is not None and each > most for each in (now, then)))


def _rate(now: float, then: float, least: float | None) -> _Total:
    row = ("Rate", per_second(now), per_second(then), "" if least is None else f"≥ {per_second(least)}")
    return _Total(row, *(least is not None and each < least for each in (now, then)))


def verdict(design: Design, found: dict[str, object], after: Estimate) -> str:
    """Whether the goal is reached, in a sentence; of a goal that is, what else was required and is not."""
    if not found["met"]:
        return "The rate is out of reach; this is as near as it gets."
    if not found["fits"]:
        nearest = f"Nothing that fits {design.target.board.name} was found; this is the nearest."
        return f"{nearest} {_roomier(after)}".strip()
    if not found["changes"]:
        return "Nothing is to be changed: no other setting is better."
    return _still_missed(design.requirement, after)


def _still_missed(wanted: Requirement, after: Estimate) -> str:
    late = is_late(wanted, after)
    slow = wanted.min_rate is not None and after.rate.value < wanted.min_rate
    match late, slow:
        case True, True:
            return "The latency stays above its limit, the rate below its."
        case True, False:
            return "The latency stays above its limit."
        case False, True:
            return "The rate stays below what is required."
    return ""


def _roomier(after: Estimate) -> str:
    """The smallest board of the same makers' that has as much of everything, in a sentence; '' where there is none."""
    own, needed = after.target.board, {name: after.total.resource(name).value for name in RESOURCES}
    roomy = [
        each
        for each in all_boards()
        if each.family.is_amd == own.family.is_amd
        and each.family.lut_inputs == own.family.lut_inputs
        and all(used <= (limit(each, name) or 0) for name, used in needed.items())
    ]
    smallest = min(roomy, key=lambda each: limit(each, "LUT") or 0, default=None)
    return f"{smallest.name} has room for it." if smallest is not None else ""


def _setting(key: str) -> str:
    return SETTING_WORDS.get(key) or key.replace("_", " ")


def _value(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value).replace("lut", "LUT").replace("dsp", "DSP")
