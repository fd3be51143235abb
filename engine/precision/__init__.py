"""Fixed-point types as values: parse, print, range, step, rounding and overflow."""

from engine.precision.fixed import AUTO, Auto, FixedType, Overflow, Precision, Rounding
from engine.precision.spelling import PrecisionError, parse

__all__ = ["AUTO", "Auto", "FixedType", "Overflow", "Precision", "PrecisionError", "Rounding", "parse"]
