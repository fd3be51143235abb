"""The train job: float network, hardware's arithmetic, and what the hardware then makes of it."""

from pathlib import Path
from typing import Any

from engine.data import DataError, DataSet, load_data_set
from engine.design import Design
from engine.environment import added_by
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter
from engine.network import MissingTensorError, TensorStore
from engine.project.codec import design_from_json
from engine.training.check import check
from engine.training.errors import NotTrainableError
from engine.training.settings import TrainingSettings


def train(
    reporter: Reporter, *, design: Any, tensors: str, settings: dict[str, Any], resume: str | None = None
) -> dict[str, Any]:
    """Train a design on its data set; `resume` names the folder of a training of the same design that was cut short.

    The result is that of `Training.run`; it names the weights, which are in the folder `tensors` of the job's.
    Raises JobError.
    """
    try:
        read, wanted = design_from_json(design), TrainingSettings.from_json(settings)
        data = _data(read)
        check(read, data, wanted)
        reporter.phase("Starting TensorFlow")
        from engine.training.keras.training import Training

        training = Training(reporter, read, data, TensorStore(Path(tensors)), wanted)
        return training.run(None if resume is None else Path(resume))
    except (NotTrainableError, DataError) as error:
        raise JobError(str(error)) from error
    except MissingTensorError as error:
        raise JobError(str(error.args[0])) from error
    except ModuleNotFoundError as error:
        raise JobError(
            f"Training needs the Python package {error.name}, which is not installed. "
            + added_by('Install the studio with its training extra: pip install "codesign-studio[training]".')
        ) from error


def _data(design: Design) -> DataSet:
    if design.data is None:
        raise NotTrainableError("The design has no data set to train on. Choose one first.")
    return load_data_set(design.data, design.network)
