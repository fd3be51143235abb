"""Ranges of the numbers in a network: measured over data, held against types, and types suggested for them."""

from engine.ranges.exact import exact_sum
from engine.ranges.histogram import Histogram, measure, merge, noise_db
from engine.ranges.spread import Fit, Ranges, Spread
from engine.ranges.suggest import Method, suggested_types

__all__ = [
    "Fit",
    "Histogram",
    "Method",
    "Ranges",
    "Spread",
    "exact_sum",
    "measure",
    "merge",
    "noise_db",
    "suggested_types",
]
