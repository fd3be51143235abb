"""Whether a training can begin, before anything heavy is loaded."""

from engine.data import DataSet
from engine.design import Design
from engine.network import Layer
from engine.network.kinds import GRU
from engine.training.errors import NotTrainableError
from engine.training.settings import Start, TrainingSettings
from engine.training.task import task_of
from engine.training.untrained import without_weights

_WHOLE_NUMBERS = "finn"
"""Its units count in whole numbers, with scales that training does not follow."""


def check(design: Design, data: DataSet, settings: TrainingSettings) -> None:
    """Raise NotTrainableError for what training could not work with."""
    network = design.network
    if design.target.flow == _WHOLE_NUMBERS:
        raise NotTrainableError(
            "FINN computes in whole numbers with scales of its own, which training does not follow yet. Train with "
            "another flow; the weights stay when you come back."
        )
    if not len(data.train):
        raise NotTrainableError("The data set has no training samples. Give it some of the others.")
    task_of(network, data.train)
    for layer in network.layers:
        _check_steps(layer)
    missing = without_weights(network)
    if missing and settings.start is Start.PRESENT:
        raise NotTrainableError(
            f"'{missing[0]}' has no weights yet. Start from the float network, or from random weights."
        )
    if settings.teacher and settings.start is Start.SCRATCH:
        raise NotTrainableError("Random weights have no teacher. Start from the float network, or leave it out.")


def _check_steps(layer: Layer) -> None:
    if isinstance(layer.op, GRU) and not layer.op.reset_after:
        raise NotTrainableError(
            f"'{layer.name}' resets its state before the product, as hls4ml's GRUs do not. Let it reset after."
        )
