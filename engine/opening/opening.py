"""One way in for every kind of file."""

from pathlib import Path

from engine.boards import Board, board
from engine.network import TensorStore
from engine.project import SUFFIX, Project, load_project
from engine.project.told import Told, unheard

DEFAULT_BOARD = "pynq-z2"
OPENABLE = (SUFFIX, ".h5", ".hdf5", ".keras", ".json")


def open_file(path: Path, tensors: TensorStore, target_board: Board | None = None, told: Told = unheard) -> Project:
    """A project as it was saved, or a new one from a model file or an hls4ml project folder.

    Raises ProjectFileError, ModelFileError or UnsupportedModelError (all ValueErrors), or OSError.
    """
    if path.suffix == SUFFIX:
        return load_project(path, tensors, told)
    # The readers bring YAML and the parsers of reports: a window on the studio's own file starts without them.
    from engine.opening.foreign import read_foreign

    return read_foreign(path, tensors, target_board or board(DEFAULT_BOARD))
