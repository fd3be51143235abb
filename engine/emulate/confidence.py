"""How sure a share is that was counted on a sample."""

from math import sqrt

Z_90 = 1.6448536269514722
"""Standard deviations that 90 % of a normal distribution lie within."""


def wilson(share: float, count: int) -> tuple[float, float]:
    """The 90 % interval of a share that was found among `count` samples.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927): it
    keeps within 0 and 1, also where all samples agree. Raises ValueError without samples.
    """
    if count < 1:
        raise ValueError("No share without samples.")
    spread = Z_90**2 / count
    middle = share + spread / 2
    reach = sqrt(spread * (share * (1 - share) + spread / 4))
    return max((middle - reach) / (1 + spread), 0.0), min((middle + reach) / (1 + spread), 1.0)
