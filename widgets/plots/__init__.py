"""Plots in the theme's colours."""

from widgets.plots.still import StillPlot

__all__ = ["StillPlot"]
