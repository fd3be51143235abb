"""One way in for every kind of file."""

from dataclasses import replace
from pathlib import Path

from engine.boards import Board, board
from engine.design import Design
from engine.flows.hls4ml.config import apply_config
from engine.network import TensorStore
from engine.opening.found_reports import runs_in
from engine.opening.starting import starting_design
from engine.project import SUFFIX, Project, load_project
from engine.readers import ReadProject, is_hls4ml_project, read_hls4ml_project, read_model

DEFAULT_BOARD = "pynq-z2"
OPENABLE = (SUFFIX, ".h5", ".hdf5", ".keras", ".json")


def open_file(path: Path, tensors: TensorStore, target_board: Board | None = None) -> Project:
    """A project as it was saved, or a new one from a model file or an hls4ml project folder.

    Raises ProjectFileError, ModelFileError or UnsupportedModelError (all ValueErrors), or OSError.
    """
    if path.suffix == SUFFIX:
        return load_project(path, tensors)
    wanted = target_board or board(DEFAULT_BOARD)
    if path.is_dir() and is_hls4ml_project(path):
        read = read_hls4ml_project(path, tensors)
        design = _as_built(read, wanted)
        return Project(design, *runs_in(path, read, design, tensors))
    model = read_model(path, tensors)
    return Project(starting_design(model.name, model.network, wanted))


def _as_built(read: ReadProject, wanted: Board) -> Design:
    """The design of an hls4ml project: its configuration's target, and the settings that its C++ was built with."""
    design = starting_design(read.model.name, read.model.network, wanted)
    if read.configuration:
        design = apply_config(design, read.configuration).design
    return replace(design, layers=read.settings)
