"""How a training is done: a frozen value that a job carries as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from engine.training.errors import NotTrainableError

OPTIMIZERS = ("adam", "sgd", "rmsprop")


class Start(StrEnum):
    """Which weights training starts from."""

    PRESENT = "present"
    """The design's own: fine-tuning after an edit."""
    FLOAT = "float"
    """Those of the float network, which is trained first, from random ones."""
    SCRATCH = "scratch"
    """Random ones, with the hardware's arithmetic from the first step on."""


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """Raises NotTrainableError for what cannot be.

    `learning_rate` is the first one; it falls to a hundredth along a cosine. `patience` is in epochs without a better
    validation, 0: all epochs are run. `teacher` is the weight in the loss of the float network's answers, `sparsity`
    the share of each kernel that is zero at the end.
    """

    start: Start = Start.PRESENT
    epochs: int = 30
    batch: int = 32
    learning_rate: float = 0.003
    optimizer: str = "adam"
    seed: int = 1
    patience: int = 0
    teacher: float = 0.0
    sparsity: float = 0.0

    def __post_init__(self) -> None:
        _within("number of epochs", self.epochs, 1, 1_000_000)
        _within("batch", self.batch, 1, 1_000_000)
        _within("patience", self.patience, 0, 1_000_000)
        _within("seed", self.seed, 0, 2**31 - 1)
        _within("learning rate", self.learning_rate, 1e-9, 100)
        _within("teacher", self.teacher, 0, 0.99)
        _within("sparsity", self.sparsity, 0, 0.99)
        if self.optimizer not in OPTIMIZERS:
            raise NotTrainableError(f"The optimizer '{self.optimizer}' is not one of {', '.join(OPTIMIZERS)}.")

    def to_json(self) -> dict[str, Any]:
        """As values JSON knows."""
        return asdict(self)

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> "TrainingSettings":
        """What `to_json` wrote; what is missing has its default. Raises NotTrainableError."""
        known = {each.name for each in fields(TrainingSettings)}
        if unknown := sorted(value.keys() - known):
            raise NotTrainableError(f"Training has no setting '{unknown[0]}'; it has {', '.join(sorted(known))}.")
        try:
            return TrainingSettings(**{**value, "start": Start(value.get("start", Start.PRESENT))})
        except (TypeError, ValueError) as error:
            raise NotTrainableError(f"These settings of a training cannot be used: {error}.") from error


def _within(name: str, value: float, lowest: float, highest: float) -> None:
    if not lowest <= value <= highest:
        raise NotTrainableError(f"The {name} cannot be {value:g}: it must be {lowest:g} to {highest:,g}.")
