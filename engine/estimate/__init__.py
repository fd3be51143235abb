"""Estimates as values: quantities with their doubt, costs per layer and in total."""

from engine.estimate.energy import Energy, energy, energy_text
from engine.estimate.estimate import Cost, Estimate, LayerCost
from engine.estimate.quantity import (
    RESOURCES,
    ZERO,
    Level,
    Quantity,
    Terms,
    Tier,
    about,
    exactly,
    level_of,
    stretched,
    total,
)
from engine.estimate.sweep import QUANTITIES, Axis, Picks, Sweep, SweepError, Totals, combinations, picked, picks_of

__all__ = [
    "QUANTITIES",
    "RESOURCES",
    "ZERO",
    "Axis",
    "Cost",
    "Energy",
    "Estimate",
    "LayerCost",
    "Level",
    "Picks",
    "Quantity",
    "Sweep",
    "SweepError",
    "Terms",
    "Tier",
    "Totals",
    "about",
    "combinations",
    "energy",
    "energy_text",
    "exactly",
    "level_of",
    "picked",
    "picks_of",
    "stretched",
    "total",
]
