"""One way in for every kind of file."""

from dataclasses import replace
from pathlib import Path

from engine.boards import Board, Origin, UnknownBoardError, board
from engine.network import TensorStore
from engine.project import SUFFIX, Project, load_project
from engine.project.told import Told, unheard

DEFAULT_BOARD = "pynq-z2"
OPENABLE = (SUFFIX, ".h5", ".hdf5", ".keras", ".onnx", ".json")


def open_file(path: Path, tensors: TensorStore, target_board: Board | None = None, told: Told = unheard) -> Project:
    """A project as saved, a shipped board as known today; or a new one from a model file or an hls4ml project folder.

    Raises ProjectFileError, ModelFileError or UnsupportedModelError (all ValueErrors), or OSError.
    """
    if path.suffix == SUFFIX:
        return _with_present_board(load_project(path, tensors, told))
    # The readers bring YAML and the parsers of reports: a window on the studio's own file starts without them.
    from engine.opening.foreign import read_foreign

    return read_foreign(path, tensors, target_board or board(DEFAULT_BOARD))


def _with_present_board(project: Project) -> Project:
    """A board that ships with the studio has the figures known today, not those of when the project was saved."""
    target = project.design.target
    if target.board.origin is not Origin.BUILT_IN:
        return project
    try:
        present = board(target.board.id)
    except UnknownBoardError:
        return project
    return replace(project, design=replace(project.design, target=replace(target, board=present)))
