"""What the table and the plot of a scan show, as values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScanCell:
    """A layer at a width: its figure, and all in words. `worse` says that it is so by more than chance.

    `lut_saved` is None where no estimate tells.
    """

    text: str
    said: str
    figure: float
    lut_saved: float | None = None
    worse: bool = False


@dataclass(frozen=True, slots=True)
class ScanRow:
    """Numbers of one layer; `cells` are in the order of the widths, None where it has no such point."""

    layer: str
    role: str
    numbers: str
    now: str
    cells: tuple[ScanCell | None, ...]


@dataclass(frozen=True, slots=True)
class ScanView:
    """Layers in network order by widths in bits, the widest first; `title` names the figure, with its unit.

    `now` is the figure of the design as it is, with the ends of its interval.
    """

    widths: tuple[int, ...] = ()
    rows: tuple[ScanRow, ...] = ()
    stale: bool = False
    title: str = ""
    now: tuple[float, float, float] = (0.0, 0.0, 0.0)
