"""What others wrote, as new projects: model files, and folders of hls4ml projects."""

from dataclasses import replace
from pathlib import Path

from engine.boards import Board
from engine.design import Design
from engine.flows.hls4ml.config import apply_config
from engine.network import TensorStore
from engine.opening.found_reports import runs_in
from engine.opening.starting import starting_design
from engine.project import Project
from engine.readers import ReadProject, is_hls4ml_project, read_hls4ml_project, read_model


def read_foreign(path: Path, tensors: TensorStore, board: Board) -> Project:
    """A project for a board. Raises ModelFileError, UnsupportedModelError or OSError."""
    if path.is_dir() and is_hls4ml_project(path):
        read = read_hls4ml_project(path, tensors)
        design = _as_built(read, board)
        return Project(design, *runs_in(path, read, design, tensors))
    model = read_model(path, tensors)
    return Project(replace(starting_design(model.name, model.network, board), layers=model.settings), (), model.lost)


def _as_built(read: ReadProject, board: Board) -> Design:
    """The design of an hls4ml project: its configuration's target, and the settings that its C++ was built with."""
    design = starting_design(read.model.name, read.model.network, board)
    if read.configuration:
        design = apply_config(design, read.configuration).design
    return replace(design, layers=read.settings)
