"""The variances that a batch normalisation divides by."""

import numpy as np
from numpy.typing import NDArray

from engine.readers.errors import ModelFileError


def above_zero(variance: NDArray[np.float32], epsilon: float, where: str) -> NDArray[np.float32]:
    """Variance + ε. Raises ModelFileError where a channel has none to take the root of."""
    found: NDArray[np.float32] = variance + np.float32(epsilon)
    if not (found > 0).all():
        raise ModelFileError("A variance is not above zero", where, "Train the model again.")
    return found
