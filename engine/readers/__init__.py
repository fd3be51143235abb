"""Networks from files that others wrote. Nothing of a file is ever executed."""

from engine.readers.errors import ModelFileError, Problem, UnsupportedModelError
from engine.readers.hls4ml.project import ReadProject, is_hls4ml_project, read_hls4ml_project
from engine.readers.model import ReadModel
from engine.readers.read import read_model

__all__ = [
    "ModelFileError",
    "Problem",
    "ReadModel",
    "ReadProject",
    "UnsupportedModelError",
    "is_hls4ml_project",
    "read_hls4ml_project",
    "read_model",
]
