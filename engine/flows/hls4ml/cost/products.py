"""What a matrix product takes, and the widths that decide it."""

from dataclasses import dataclass

from engine.estimate import Quantity
from engine.flows.hls4ml.cost.digits import Digits
from engine.flows.hls4ml.cost.site import Site
from engine.precision import FixedType


@dataclass(frozen=True, slots=True)
class Kernel:
    """Resources of a matrix product; `depth` cycles from its inputs to its results, a new set every `interval`."""

    lut: Quantity
    ff: Quantity
    dsp: Quantity
    bram18: Quantity
    depth: Quantity
    interval: Quantity


@dataclass(frozen=True, slots=True)
class Bits:
    """Widths that a kernel works with: of the data, the weights, the accumulator, and of the largest product as it is
    added."""

    data: int
    weight: int
    accum: int
    product: int
    whole: bool = False
    """Whether the accumulator keeps every fraction bit of a product, so that nothing stands between the two."""
    signs: bool = False
    """Whether a weight chooses the value, its negative or nothing: hls4ml's binary and ternary products."""

    def sums(self, digits: Digits, site: Site) -> float:
        """Mean width of the sums in a tree; Vivado HLS keeps products by small constants narrow and sums them first."""
        unused = max(self.weight - digits.size, 0) if digits.size and not site.vitis else 0.0
        return max(min(self.accum, self.product - unused + CARRIED), 1.0)


CARRIED = 1.5
"""Mean bits that sums gain on the way through a tree."""


def bits_of(data: FixedType, weight: FixedType, accum: FixedType) -> Bits:
    """Widths of a product of two types that goes into an accumulator."""
    product = data.integer + weight.integer + min(data.fraction + weight.fraction, accum.fraction)
    whole = data.fraction + weight.fraction <= accum.fraction
    signs = weight.width == 1 or (weight.width, weight.integer, weight.signed) == (2, 2, True)
    return Bits(data.width, weight.width, accum.width, max(product, 1), whole, signs)
