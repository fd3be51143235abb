"""Two schedules of a design: a unit for each layer, or one engine for all of them."""

from widgets.schedules.model import COSTS, ScheduleSeries, SchedulesView, Way
from widgets.schedules.plot import SchedulesPlot

__all__ = ["COSTS", "ScheduleSeries", "SchedulesPlot", "SchedulesView", "Way"]
