"""How tensors travel between modules: in words of some values each, in C order, over valid and ready."""

from dataclasses import dataclass

from engine.precision import FixedType


@dataclass(frozen=True, slots=True)
class Stream:
    """A frame is `words` words of `lanes` values; the first value lies in the lowest bits."""

    words: int
    lanes: int
    type: FixedType

    @property
    def bits(self) -> int:
        """Width of a word."""
        return self.lanes * self.type.width

    @property
    def values(self) -> int:
        """Values of a frame."""
        return self.words * self.lanes
