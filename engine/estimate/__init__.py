"""Estimates as values: quantities with their doubt, costs per layer and in total."""

from engine.estimate.energy import Energy, energy, energy_text
from engine.estimate.estimate import Cost, Estimate, LayerCost
from engine.estimate.quantity import RESOURCES, ZERO, Level, Quantity, Terms, Tier, about, exactly, level_of, total

__all__ = [
    "RESOURCES",
    "ZERO",
    "Cost",
    "Energy",
    "Estimate",
    "LayerCost",
    "Level",
    "Quantity",
    "Terms",
    "Tier",
    "about",
    "energy",
    "energy_text",
    "exactly",
    "level_of",
    "total",
]
