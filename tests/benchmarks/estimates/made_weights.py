"""Made-up weights with the counts that a table gives of real ones: zeros, powers of two, digits, unequal values."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.precision import FixedType

_SPREADS = np.geomspace(0.01, 1e5, 160)
_SHAPES = (0.35, 0.5, 0.7, 1.0, 1.5, 2.0, 8.0)
"""Exponents of the bell exp(-|x|^p): heavy tails, Laplace's and Gauss's, almost even."""
_ALMOST_ZERO = 1 / 64
"""In steps: what the stored type rounds to zero, and hls4ml does not count as one."""


def made_weights(stats: dict[str, Any], type: FixedType, shape: tuple[int, ...], draw: int = 0) -> NDArray[np.float64]:
    """Weights in steps of `type`: so many zeros and powers of two; the rest as a bell that has the mean digits left,
    with such tails that as many values differ."""
    count = int(np.prod(shape))
    n, zeros, single = stats["n"], stats["n_zero_q"], stats["n_pow2"]
    rest = max(n - zeros - single, 0)
    random = np.random.default_rng([n, draw] if draw else n)
    top = max(int(stats["max_abs_q"]), 1)
    digits = (stats["csd_digits"] - single) / rest if rest else 0.0
    shares = _shares(top, *_bell(top, round(digits, 3), rest, stats.get("n_unique_abs", 0)))
    true_zeros = min(stats.get("n_zero", zeros), zeros)
    parts = [np.zeros(true_zeros), np.full(zeros - true_zeros, _ALMOST_ZERO)]
    parts += [_drawn(random, amount, top, shares, powers=powers) for amount, powers in ((single, True), (rest, False))]
    values = random.permutation(np.concatenate(parts)) * random.choice([-1, 1], n) * type.step
    return np.resize(values, count).reshape(shape)


def _drawn(
    random: np.random.Generator, count: int, top: int, shares: NDArray[np.float64], *, powers: bool
) -> NDArray[np.int64]:
    numbers, digits = _numbers(top)
    chosen = (digits == 1) == powers
    if not chosen.any():
        chosen = np.ones(len(numbers), bool)
    return random.choice(numbers[chosen], count, p=shares[chosen] / shares[chosen].sum())


def _shares(top: int, spread: float, shape: float) -> NDArray[np.float64]:
    numbers, _ = _numbers(top)
    return np.exp(-((numbers / spread) ** shape)) + 1e-12


@cache
def _bell(top: int, digits: float, count: int, unequal: int) -> tuple[float, float]:
    """Spread and shape of the bell: numbers that are no powers of two have so many digits on average, and `count`
    of them as many unequal values as were counted, powers of two aside."""
    several = _numbers(top)[1] > 1
    if not several.any() or not count:
        return 1.0, 2.0
    fits = [(spread, shape) for shape in _SHAPES if (spread := _spread(top, digits, shape))]
    powers = int(np.count_nonzero(~several))
    return min(fits, key=lambda fit: abs(_unequal(_shares(top, *fit)[several], count) + powers - unequal))


def _unequal(shares: NDArray[np.float64], count: int) -> float:
    return float(np.sum(1 - (1 - shares / shares.sum()) ** count))


@cache
def _spread(top: int, digits: float, shape: float) -> float:
    counts = _numbers(top)[1]
    several = counts > 1
    each = [_shares(top, float(spread), shape)[several] for spread in _SPREADS]
    means = [float(shares @ counts[several] / shares.sum()) for shares in each]
    return float(_SPREADS[int(np.argmin(np.abs(np.array(means) - digits)))])


@cache
def _numbers(top: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """1 to `top`, and the non-zero signed digits of each."""
    numbers = np.arange(1, top + 1, dtype=np.int64)
    return numbers, np.bitwise_count(numbers ^ (3 * numbers)).astype(np.int64)
