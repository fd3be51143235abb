"""One way in for every kind of file."""

from pathlib import Path

from engine.boards import Board, board
from engine.network import TensorStore
from engine.opening.starting import starting_design
from engine.project import SUFFIX, Project, load_project
from engine.readers import read_model

DEFAULT_BOARD = "pynq-z2"
OPENABLE = (SUFFIX, ".h5", ".hdf5", ".keras", ".json")


def open_file(path: Path, tensors: TensorStore, target_board: Board | None = None) -> Project:
    """A project as it was saved, or a new one from a model file or an hls4ml project folder.

    Raises ProjectFileError, ModelFileError or UnsupportedModelError (all ValueErrors), or OSError.
    """
    if path.suffix == SUFFIX:
        return load_project(path, tensors)
    model = read_model(path, tensors)
    return Project(starting_design(model.name, model.network, target_board or board(DEFAULT_BOARD)))
