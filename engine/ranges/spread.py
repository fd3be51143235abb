"""How the numbers of one role of a layer spread, and what a type makes of them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from engine.precision import FixedType
from engine.ranges.histogram import Histogram, noise_db


@dataclass(frozen=True, slots=True)
class Fit:
    """Shares (0 to 1) of the numbers that are beyond the type, and that are too small for it and become 0; bits below
    the sign that no number uses; signal over quantisation noise in dB, None where there is no noise.
    """

    overflow: float
    underflow: float
    wasted: int
    noise_db: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """The numbers of a `role` ('weight', 'scale', 'bias', 'accum', 'result'...) as the float network has them.

    `sample` holds some of them, evenly taken.
    """

    layer: str
    role: str
    histogram: Histogram
    lowest: float
    highest: float
    sample: tuple[float, ...]

    def fit(self, type_: FixedType) -> Fit:
        """What a type makes of them."""
        return _fit(self, type_)


@lru_cache(maxsize=8192)
def _fit(spread: Spread, type_: FixedType) -> Fit:
    """Kept: a table asks about every layer after every edit, of which one has changed."""
    seen = spread.histogram
    noise = noise_db(spread.sample, type_)
    return Fit(seen.share_beyond(type_), seen.share_lost(type_), seen.unused(type_), noise)


@dataclass(frozen=True)
class Ranges:
    """Spreads in network order, measured over so many samples of a source."""

    spreads: tuple[Spread, ...] = ()
    samples: int = 0
    source: str = ""

    def of(self, layer: str, role: str) -> Spread | None:
        """One of them."""
        return self._by_place.get((layer, role))

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], Spread]:
        return {(each.layer, each.role): each for each in self.spreads}

    def to_json(self) -> dict[str, Any]:
        """As values JSON knows."""
        return asdict(self)


def ranges_from_json(value: Mapping[str, Any]) -> Ranges:
    """What `Ranges.to_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    return Ranges(tuple(_spread(row) for row in value["spreads"]), int(value["samples"]), str(value["source"]))


def _spread(row: Mapping[str, Any]) -> Spread:
    seen = row["histogram"]
    counts = {key: tuple(int(count) for count in seen[key]) for key in ("counts", "negatives", "edges")}
    return Spread(
        str(row["layer"]),
        str(row["role"]),
        Histogram(int(seen["highest"]), zeros=int(seen["zeros"]), **counts),
        float(row["lowest"]),
        float(row["highest"]),
        tuple(np.asarray(row["sample"], np.float64).tolist()),
    )
