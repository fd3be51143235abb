"""Axis: from a share of the board to a place in px."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Axis:
    """From 0 at `left` to the share `top`, `width` px further right."""

    left: float
    width: float
    top: float

    @property
    def right(self) -> float:
        """Where the axis ends."""
        return self.left + self.width

    def at(self, share: float) -> float:
        """Place of a share, on a whole pixel, never beyond the axis."""
        inside = min(max(share, 0.0), self.top)
        return round(self.left + self.width * inside / self.top)
