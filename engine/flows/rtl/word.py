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

    def __str__(self) -> str:
        """`16 words of 1 ap_fixed<16,6>`."""
        return f"{self.words:,} word{'' if self.words == 1 else 's'} of {self.lanes:,} {self.type}"
