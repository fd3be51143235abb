"""What the table of ranges shows, as values."""

from dataclasses import dataclass

COLUMNS = (
    "Layer",
    "Numbers",
    "Type",
    "Lowest",
    "Highest",
    "Overflow",
    "Become 0",
    "Unused bits",
    "Signal/noise",
    "Suggested",
)
HELP = (
    "The layer of your network.",
    "What of it: weights and biases as they are, sums and results over the data.",
    "The type that the hardware has.",
    "The lowest number seen, in the float network.",
    "The highest number seen, in the float network.",
    "Share of the numbers that the type cannot hold: they wrap around, or are clipped where it saturates.",
    "Share of the numbers that are smaller than what the type can tell from 0.",
    "Bits below the sign that no number uses.",
    "Signal over quantisation noise: about 6 dB for each bit that counts; none where nothing is lost.",
    "The type by the method chosen below; empty where it is the one there is.",
)


@dataclass(frozen=True, slots=True)
class RangeRow:
    """One kind of number of a layer; `cells` are in the order of COLUMNS, `wrong` says that many overflow, `said` has
    the types in full.
    """

    layer: str
    role: str
    cells: tuple[str, ...]
    wrong: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class RangesView:
    """All of them."""

    rows: tuple[RangeRow, ...] = ()
