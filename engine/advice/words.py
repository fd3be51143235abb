"""Numbers in sentences."""

from engine.boards import Board, Resource


def grouped(value: float) -> str:
    """A whole number with groups of three digits, e.g. `12,345`."""
    return f"{value:,.0f}"


def per_second(rate: float) -> str:
    """A rate as the budget writes it: `5.96 /s`, `737 /s`, `5.88 M/s`."""
    if rate < 100:
        return f"{rate:.3g} /s"
    return f"{rate / 1e6:.3g} M/s" if 1e6 <= rate < 1e9 else f"{grouped(rate)} /s"


def time_text(microseconds: float) -> str:
    """A time in the unit in which it reads best: `870 ns`, `12.3 µs`, `4.5 ms`."""
    # What rounds up to 1,000 of a unit is 1 of the next.
    factor, unit = next((each for each in _TIMES if microseconds >= each[0] * 0.9995), _TIMES[-1])
    return f"{microseconds / factor:.3g} {unit}"


_TIMES = ((1e6, "s"), (1e3, "ms"), (1.0, "µs"), (1e-3, "ns"))


def plural(count: int, word: str) -> str:
    """`1 layer`, `3 layers`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def resource_name(resource: str, board: Board | None = None) -> str:
    """What people call a resource: block memory is counted in BRAM18 and called BRAM, or as the board's maker does."""
    plain = "BRAM" if resource == "BRAM18" else resource
    return plain if board is None else board.word(Resource(plain))


SETTING_WORDS = {
    "pe": "PE",
    "simd": "SIMD",
    "window_simd": "window SIMD",
    "depthwise_pe": "depthwise PE",
    "ram_style": "weights in",
}
"""How settings are called within a line, where not as they are written."""
