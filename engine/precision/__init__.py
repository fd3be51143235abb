"""Fixed-point types as values: parse, print, range, step, rounding and overflow."""

from engine.precision.fixed import AUTO, MAX_WIDTH, Auto, FixedType, Overflow, Precision, Rounding
from engine.precision.spelling import PrecisionError, parse

__all__ = ["AUTO", "MAX_WIDTH", "Auto", "FixedType", "Overflow", "Precision", "PrecisionError", "Rounding", "parse"]
