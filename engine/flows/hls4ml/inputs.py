"""What the jobs of this flow are given: a design and its weights, as job arguments can carry them."""

import json
from pathlib import Path
from typing import Any

from engine.design import Design
from engine.jobs.errors import JobError
from engine.network import TensorStore
from engine.project.codec import design_from_json
from engine.project.fields import ProjectFileError


def read_design(design: Any) -> Design:
    """A design from its JSON value, or from the path of a file that holds it. Raises JobError."""
    try:
        value = json.loads(Path(design).read_text("utf-8")) if isinstance(design, str) else design
        return design_from_json(value)
    except OSError as error:
        raise JobError(f"The design {design} could not be read: {error.strerror}.") from error
    except ProjectFileError as error:
        raise JobError(str(error)) from error
    except ValueError as error:
        raise JobError(f"The design is not JSON: {error}.") from error


def open_tensors(folder: str) -> TensorStore:
    """The weights' folder. Raises JobError if there is none."""
    if not Path(folder).is_dir():
        raise JobError(f"The folder of the weights, {folder}, does not exist.")
    return TensorStore(Path(folder))
