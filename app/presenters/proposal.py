"""What a proposed folding comes to, in rows and sentences."""

from engine.advice import limit
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
    board = after.target.board
    slowest = "" if wanted.max_latency_us is None else f"≤ {time_text(wanted.max_latency_us)}"
    least = "" if wanted.min_rate is None else f"≥ {per_second(wanted.min_rate)}"
    rows: list[Row] = [
        (
            resource_name(name, board),
            f"{before.total.resource(name).value:,.0f}",
            f"{after.total.resource(name).value:,.0f}",
            "" if limit(board, name) is None else f"{limit(board, name):,}",
        )
        for name in RESOURCES
        if before.total.resource(name).value or after.total.resource(name).value
    ]
    rows.append(("Latency", time_text(before.latency_us.value), time_text(after.latency_us.value), slowest))
    rows.append(("Rate", per_second(before.rate.value), per_second(after.rate.value), least))
    return tuple(rows)


def verdict(design: Design, found: dict[str, object], after: Estimate) -> str:
    """Whether the goal is reached, in a sentence; of a goal that is, what else was required and is not."""
    if not found["met"]:
        return "The rate is out of reach; this is as near as it gets."
    if not found["fits"]:
        nearest = f"Nothing that fits {design.target.board.name} was found; this is the nearest."
        return f"{nearest} {_roomier(after)}".strip()
    if not found["changes"]:
        return "Nothing is to be changed: no other setting is better."
    slowest = design.requirement.max_latency_us
    late = slowest is not None and after.latency_us.value > slowest
    return "The latency stays above its limit." if late else ""


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
