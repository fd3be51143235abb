"""Opening anything the studio knows: project files, Keras models, hls4ml project folders."""

from engine.opening.opening import DEFAULT_BOARD, OPENABLE, open_file
from engine.opening.starting import starting_design

__all__ = ["DEFAULT_BOARD", "OPENABLE", "open_file", "starting_design"]
