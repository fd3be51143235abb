"""What the budget says in words: to a screen reader, in tool tips, and in the small print of its tiles."""

from engine.estimate import Quantity
from widgets.budget.numbers import bound_text, figures, grouped, in_unit, percent, signed, span, unit_for, with_unit
from widgets.budget.view import BudgetRow, Figure, Level, Simulated, Tile

TITLES = {"latency": "Latency", "interval": "Interval", "rate": "Rate"}


def used_text(row: BudgetRow) -> str:
    """`258 / 220`; without a limit only what is used."""
    used = grouped(row.quantity.value)
    return used if row.limit is None else f"{used} / {row.limit:,}"


def share_text(row: BudgetRow) -> str:
    """`117 %`; nothing where the board has no figure."""
    share = row.share(row.quantity.value)
    return "" if share is None else percent(share)


def change_text(row: BudgetRow) -> str:
    """`+64`, or nothing when nothing changed."""
    rounded = round(row.change)
    return signed(grouped(abs(rounded)), rounded) if rounded else ""


def spoken_row(row: BudgetRow, safe_share: float) -> str:
    """`DSP, 258 of 220, over by 38`."""
    used, level = grouped(row.quantity.value), row.level(safe_share)
    if row.limit is None or level is Level.UNKNOWN:
        return f"{row.label}, {used}, no figure for this board"
    start = f"{row.label}, {used} of {row.limit:,}"
    if level is Level.OVER:
        return f"{start}, over by {grouped(row.quantity.value - row.limit)}"
    past = ", past the safe share" if level is Level.PAST_SAFE else ""
    return f"{start}, {share_text(row)}{past}"


def why_row(row: BudgetRow) -> str:
    """Interval and reason of a resource's number."""
    return sentences(_interval(row.quantity), row.quantity.reason)


def _interval(quantity: Quantity) -> str:
    """The doubt of a number of pieces, in words."""
    if quantity.exact:
        return "Exact"
    return f"90 % interval {grouped(quantity.low)} to {grouped(quantity.high)}"


def spoken_tile(tile: Tile) -> str:
    """`Latency, 79.1 µs, limit 100 µs, met`."""
    whose = f" by {tile.simulated.beside}" if tile.simulated is not None and tile.simulated.beside else ""
    parts = [TITLES[tile.kind], with_unit(tile.kind, tile.quantity.value) + whose]
    if tile.bound is not None:
        parts += [_bound(tile), "met" if tile.met else "not met"]
    if tile.simulated is not None:
        parts.append(simulated_text(tile.kind, tile.simulated))
        parts += ["of an earlier design"] if tile.simulated.stale else []
    return ", ".join(parts)


def simulated_text(kind: Figure, simulated: Simulated) -> str:
    """`26.5 ms simulated`."""
    return "hangs when simulated" if simulated.value is None else f"{with_unit(kind, simulated.value)} simulated"


def why_tile(tile: Tile) -> str:
    """Interval and reason of a figure of speed."""
    cause = f"Set by {tile.cause}" if tile.cause else ""
    run = tile.simulated.reason if tile.simulated is not None else ""
    return sentences(_doubt(tile, "90 % interval ") or "Exact", tile.quantity.reason, cause, run)


def tile_change(tile: Tile) -> str:
    """`−11.5` in the unit of the value; nothing when it would read as zero."""
    unit = unit_for(tile.kind, tile.quantity.value)
    text = in_unit(tile.kind, abs(tile.change), unit)
    return signed(text, tile.change) if any(digit in text for digit in "123456789") else ""


def tile_note(tile: Tile) -> str:
    """Small print of a tile: `26.5 ms simulated · limit 30 ms · 168 to 193 ms`, `at least 20,000 /s`."""
    run = simulated_text(tile.kind, tile.simulated) if tile.simulated is not None else ""
    if tile.kind == "interval":
        return run
    bound = _bound(tile) if tile.bound is not None else ""
    doubt = _doubt(tile) if tile.kind == "latency" or not bound else ""
    return " · ".join(part for part in (run, bound, doubt) if part)


def tile_note_short(tile: Tile) -> str:
    """Small print where tiles are flat: `72.3 µs simulated, limit 100 µs, was 90.6`."""
    parts = [simulated_text(tile.kind, tile.simulated)] if tile.simulated is not None else []
    if tile.bound is not None:
        parts.append(f"{'at least' if tile.kind == 'rate' else 'limit'} {bound_text(tile.kind, tile.bound)}")
    if tile.ghost is not None and tile_change(tile):
        parts.append(f"was {_earlier(tile, tile.ghost)}")
    return ", ".join(parts) or _doubt(tile)


def _earlier(tile: Tile, value: float) -> str:
    """An earlier value; its unit stands there where another one stands beside it."""
    beside = (tile.quantity.value, tile.bound, tile.simulated.value if tile.simulated is not None else None)
    units = {unit_for(tile.kind, each) for each in (value, *beside) if each is not None}
    return with_unit(tile.kind, value) if len(units) > 1 else in_unit(tile.kind, value, *units)


def _bound(tile: Tile) -> str:
    words = "at least" if tile.kind == "rate" else "limit"
    return f"{words} {bound_text(tile.kind, tile.bound or 0)}"


def _doubt(tile: Tile, start: str = "") -> str:
    quantity = tile.quantity
    if quantity.exact:
        return ""
    return start + span(tile.kind, quantity.low, quantity.high, unit_for(tile.kind, quantity.value))


def sentences(*parts: str) -> str:
    """Parts as sentences: a capital at the beginning, a full stop at the end."""
    return " ".join(f"{part[0].upper()}{part[1:].rstrip('.')}." for part in parts if part)


def small_percent(share: float) -> str:
    """A share of the board with one decimal where it is small: `0.4 %`, `12 %`."""
    return f"{figures(share * 100, 2)} %"
