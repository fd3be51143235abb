"""`python -m tests.benchmarks.training.choose`: settings for the digits MLP, by its validation samples alone.

Each choice is trained on three quarters of the training samples, from seeds that the benchmark does not use, and judged
by the others after its last epoch. The test samples are not looked at.
"""

from dataclasses import replace
from statistics import mean

from engine.design import DataReference, DataSource, set_data
from engine.training.settings import Start, TrainingSettings
from tests.benchmarks.training.parts.trained import curve, mlp

SEEDS = (11, 12)
HELD_OUT = DataReference(DataSource.SHIPPED, "digits", validation=0.25)
BITS = (3, 6)
CHOICES = [(epochs, *step) for epochs in (30, 60) for step in ((16, 0.002), (32, 0.003), (64, 0.003), (64, 0.01))]
"""Epochs, batch, learning rate."""


def main() -> None:
    """Print what each choice reaches."""
    for epochs, batch, rate in CHOICES:
        reached = _reached(TrainingSettings(Start.FLOAT, epochs, batch, rate))
        print(f"{epochs} epochs, batch {batch}, learning rate {rate:g}:  {reached:.2f} %", flush=True)


def _reached(settings: TrainingSettings) -> float:
    designs = [set_data(mlp(bits), HELD_OUT) for bits in BITS]
    ends = [curve(design, replace(settings, seed=seed))[-1] for design in designs for seed in SEEDS]
    return 100 * mean(point.validation_accuracy or 0.0 for point in ends)


if __name__ == "__main__":
    main()
