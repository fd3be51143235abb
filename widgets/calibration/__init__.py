"""Estimates against reports: how near they came, run by run, and what own runs changed."""

from widgets.calibration.model import CalibrationView, Chart, Dot, Group, RunLine
from widgets.calibration.page import CalibrationPage

__all__ = ["CalibrationPage", "CalibrationView", "Chart", "Dot", "Group", "RunLine"]
