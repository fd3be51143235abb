"""What the table of a scan shows, as values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScanCell:
    """A layer at a width: its figure, and all in words. `worse` says that it is so by more than chance."""

    text: str
    said: str
    worse: bool = False


@dataclass(frozen=True, slots=True)
class ScanRow:
    """One layer; `cells` are in the order of the widths, None where it has no such point."""

    layer: str
    numbers: str
    now: str
    cells: tuple[ScanCell | None, ...]


@dataclass(frozen=True, slots=True)
class ScanView:
    """Layers in network order by widths in bits, the widest first."""

    widths: tuple[int, ...] = ()
    rows: tuple[ScanRow, ...] = ()
    stale: bool = False
