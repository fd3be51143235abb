"""Built units as values: FINN's layers, before anything is said of how they are folded."""

from dataclasses import dataclass
from enum import StrEnum
from math import prod

from engine.flows.finn.cost.matrix import Matrix
from engine.flows.finn.cost.window import Window
from engine.network import Shape


class Kind(StrEnum):
    """FINN's custom operations that the studio lowers to, by FINN's names."""

    INPUT = "Input"
    """No unit: where the design is fed."""
    MVAU = "MVAU"
    VVAU = "VVAU"
    WINDOW = "ConvolutionInputGenerator"
    PADDING = "FMPadding"
    THRESHOLDING = "Thresholding"
    CHANNELWISE = "ChannelwiseOp"
    MAX_POOL = "StreamingMaxPool"
    POOL = "Pool"
    GLOBAL_POOL = "GlobalAccPool"
    ADD = "AddStreams"
    DUPLICATE = "DuplicateStreams"
    CONCAT = "StreamingConcat"
    UPSAMPLE = "UpsampleNearestNeighbour"
    LABEL = "LabelSelect"


DEPTHWISE = "_depthwise"
"""How the first half of a separable layer is named behind the layer."""
MATRICES = (Kind.MVAU, Kind.VVAU)


@dataclass(frozen=True, slots=True)
class Values:
    """The whole numbers that a stream carries."""

    bits: int
    signed: bool = True


@dataclass(frozen=True, slots=True)
class Unit:
    """One of FINN's layers. Its cost counts to `layer`, whose settings fold it."""

    name: str
    kind: Kind
    layer: str
    sources: tuple[str, ...]
    """The user's layers that it stands for."""
    inputs: tuple[str, ...]
    given: Shape
    """Shape of the first input, channels last."""
    shape: Shape
    taken: Values
    values: Values
    matrix: Matrix | None = None
    window: Window | None = None
    threshold_bits: int = 0
    """Bits of the activation whose thresholds it compares with; 0: none."""

    @property
    def channels(self) -> int:
        """Channels that go in: what the unit's words divide."""
        return self.given[-1]

    @property
    def pixels_in(self) -> int:
        """Pixels of an inference that go in."""
        return prod(self.given[:-1])

    @property
    def pixels(self) -> int:
        """Pixels that come out."""
        return prod(self.shape[:-1])


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """All units in order, each behind those that it reads."""

    units: tuple[Unit, ...]
    ends: dict[str, str]
    """The unit that each of the user's layers ends in."""
    outputs: tuple[str, ...]
