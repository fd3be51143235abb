"""Data sets: where they come from, how they are split, and whether they fit a network."""

from engine.data.data_set import DataSet
from engine.data.load import load_data_set
from engine.emulate.stored import DataError

__all__ = ["DataError", "DataSet", "load_data_set"]
