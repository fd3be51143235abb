"""Made-up weights with the counts that a table gives of real ones: zeros, powers of two, digits, largest."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.precision import FixedType

_SPREADS = np.geomspace(0.3, 1e5, 160)


def made_weights(stats: dict[str, Any], type: FixedType, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Weights as steps of `type`: so many zeros and powers of two; the rest as a bell that has the mean digits left."""
    count = int(np.prod(shape))
    n, zeros, single = stats["n"], stats["n_zero_q"], stats["n_pow2"]
    rest = max(n - zeros - single, 0)
    random = np.random.default_rng(n)
    top = max(int(stats["max_abs_q"]), 1)
    digits = (stats["csd_digits"] - single) / rest if rest else 0.0
    spread = _spread(top, round(digits, 3)) if rest else 1.0
    parts = [np.zeros(zeros, np.int64), _drawn(random, single, top, spread, powers=True)]
    parts.append(_drawn(random, rest, top, spread, powers=False))
    values = random.permutation(np.concatenate(parts)) * random.choice([-1, 1], n) * type.step
    return np.resize(values, count).reshape(shape)


def _drawn(random: np.random.Generator, count: int, top: int, spread: float, *, powers: bool) -> NDArray[np.int64]:
    numbers, digits = _numbers(top)
    chosen = numbers[(digits == 1) == powers]
    if not len(chosen):
        chosen = numbers
    return random.choice(chosen, count, p=_shares(chosen, spread))


def _shares(numbers: NDArray[np.int64], spread: float) -> NDArray[np.float64]:
    shares = np.exp(-0.5 * (numbers / spread) ** 2) + 1e-12
    return shares / shares.sum()


@cache
def _spread(top: int, digits: float) -> float:
    """Standard deviation at which numbers that are no powers of two have so many digits on average."""
    numbers, counts = _numbers(top)
    several = counts > 1
    if not several.any():
        return 1.0
    means = [float(_shares(numbers[several], spread) @ counts[several]) for spread in _SPREADS]
    return float(_SPREADS[int(np.argmin(np.abs(np.array(means) - digits)))])


@cache
def _numbers(top: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """1 to `top`, and the non-zero signed digits of each."""
    numbers = np.arange(1, top + 1, dtype=np.int64)
    return numbers, np.bitwise_count(numbers ^ (3 * numbers)).astype(np.int64)
