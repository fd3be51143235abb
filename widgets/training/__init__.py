"""How a training goes, and what came out of it."""

from widgets.training.curves import TrainingCurves
from widgets.training.model import CurvesView, Line, ScoreRow
from widgets.training.scores import ScoreTable

__all__ = ["CurvesView", "Line", "ScoreRow", "ScoreTable", "TrainingCurves"]
