"""Estimates as values: quantities with their doubt, costs per layer and in total."""

from engine.estimate.estimate import Cost, Estimate, LayerCost
from engine.estimate.quantity import RESOURCES, ZERO, Level, Quantity, Terms, Tier, about, exactly, level_of, total

__all__ = [
    "RESOURCES",
    "ZERO",
    "Cost",
    "Estimate",
    "LayerCost",
    "Level",
    "Quantity",
    "Terms",
    "Tier",
    "about",
    "exactly",
    "level_of",
    "total",
]
