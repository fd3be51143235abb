"""Sensitivity: each layer at each width, what that costs in accuracy and saves in hardware."""

from engine.scan.figure import Figure, figure_of
from engine.scan.found import Point, Scan, scan_from_json

__all__ = ["Figure", "Point", "Scan", "figure_of", "scan_from_json"]
