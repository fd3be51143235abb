"""`python -m tests.benchmarks.training.choose`: settings for the digits networks, by their validation samples alone.

Each choice is trained on three quarters of the training samples, from seeds that the benchmark does not use, and judged
by the others after its last epoch. The test samples are not looked at.
"""

from dataclasses import replace
from statistics import mean

from engine.design import DataReference, DataSource, Design, set_data
from engine.training.settings import Start, TrainingSettings
from tests.benchmarks.training.parts.trained import cnn, curve, mlp

SEEDS = (11, 12)
HELD_OUT = DataReference(DataSource.SHIPPED, "digits", validation=0.25)
NETWORKS = {"MLP": (mlp(3), mlp(6)), "CNN": (cnn(6),)}
CHOICES = [(epochs, *step) for epochs in (30, 60) for step in ((16, 0.002), (32, 0.003), (64, 0.003), (64, 0.01))]
"""Epochs, batch, learning rate."""


def main() -> None:
    """Print what each choice reaches."""
    for name, designs in NETWORKS.items():
        for choice in CHOICES:
            epochs, batch, rate = choice
            reached = _reached(designs, choice)
            print(f"{name}  {epochs} epochs, batch {batch}, learning rate {rate:g}:  {reached:.2f} %", flush=True)


def _reached(designs: tuple[Design, ...], choice: tuple[int, int, float]) -> float:
    settings = TrainingSettings(Start.FLOAT, *choice)
    ends = [curve(set_data(each, HELD_OUT), replace(settings, seed=seed))[-1] for each in designs for seed in SEEDS]
    return 100 * mean(point.validation_accuracy or 0.0 for point in ends)


if __name__ == "__main__":
    main()
