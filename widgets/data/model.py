"""What is shown of a data set."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """A class, or all samples: how many of them each split has, as shares of the split too."""

    name: str
    counts: tuple[int, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Sample:
    """One sample as a picture: (height, width) or (height, width, 3) from 0 to 1; or lines (steps, lines)."""

    values: NDArray[np.float32]
    is_picture: bool
    caption: str


@dataclass(frozen=True, eq=False, slots=True)
class DataView:
    """Splits by name, rows of the table, some samples, and what the user should know.

    `own_splits` names those that the source has made itself.
    """

    splits: tuple[str, ...] = ()
    rows: tuple[BalanceRow, ...] = ()
    samples: tuple[Sample, ...] = ()
    headline: str = ""
    warning: str = ""
    own_splits: tuple[str, ...] = ()
