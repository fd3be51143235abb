"""Numbers in sentences."""

from engine.boards import Board, Resource


def grouped(value: float) -> str:
    """A whole number with groups of three digits, e.g. `12,345`."""
    return f"{value:,.0f}"


def per_second(rate: float) -> str:
    """A rate as the budget writes it: `737 /s`, `5.88 M/s`."""
    return f"{rate / 1e6:.3g} M/s" if 1e6 <= rate < 1e9 else f"{grouped(rate)} /s"


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
