"""What a generator of data is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Samples (count, *shape), float32, and their answers: class numbers or values; None where there are none."""

    x: Array
    y: Array | None = None
    classes: tuple[str, ...] = ()


Draw = Callable[[np.random.Generator, int], Drawn]


@dataclass(frozen=True, slots=True)
class Generator:
    """Draws `count` samples of a shape."""

    id: str
    title: str
    what: str
    shape: tuple[int, ...]
    count: int
    draw: Draw
    draw_test: Draw | None = None
    """Draws the test samples where these are of another kind: half of them are what training never sees."""
