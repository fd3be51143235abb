"""The digits CNN at 6 bits, trained with the settings that were chosen for the MLP."""

from tests.benchmarks._table import Row, at_least
from tests.benchmarks.training.parts.trained import SETTINGS, cnn, scores


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    found = scores(cnn(6), SETTINGS)
    return [
        ("digits CNN, 6 bits: accuracy of the hardware, trained so", 100 * found.hardware.value, "%", at_least(97.0)),
        ("digits CNN, 6 bits: the same, rounded after training", 100 * found.rounded.value, "%", None),
    ]
