"""Networks from files that others wrote. Nothing of a file is ever executed."""

from engine.readers.errors import ModelFileError, Problem, UnsupportedModelError
from engine.readers.model import ReadModel
from engine.readers.read import read_model

__all__ = ["ModelFileError", "Problem", "ReadModel", "UnsupportedModelError", "read_model"]
