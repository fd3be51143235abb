"""What a family's formula is given, and what it gives back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import prod

from engine.design import REUSE_FACTOR
from engine.estimate import ZERO, Cost, Quantity, exactly
from engine.flows.hls4ml.cost.arithmetic import joined
from engine.flows.hls4ml.cost.digits import Digits
from engine.flows.hls4ml.cost.live import Live
from engine.flows.hls4ml.cost.site import Site
from engine.flows.hls4ml.hardware import Folded, Unit
from engine.precision import FixedType


@dataclass(frozen=True, slots=True)
class Job:
    """One built layer to be judged at a site. `digits` counts the constants of its n-th matrix."""

    unit: Unit
    site: Site
    digits: Callable[[int], Digits]
    live: Live | None = None
    """What of it has any effect; None: all."""

    @property
    def source(self) -> FixedType:
        """What holds every value of the first input."""
        return self.unit.reached[0]

    @property
    def result(self) -> FixedType:
        """Type of the output."""
        return self.unit.types["result"]

    @property
    def values(self) -> int:
        """Values that one inference yields."""
        return prod(self.unit.node.shape)

    @property
    def tokens(self) -> int:
        """Words of a stream that one inference yields: pixels or steps."""
        return prod(self.unit.node.shape[:-1])

    @property
    def tokens_in(self) -> int:
        """Words of the first input's stream."""
        return prod(self.unit.node.input_shapes[0]) // max(self.unit.lanes_in, 1)

    @property
    def lanes(self) -> int:
        """Values worked on at the same time: the channels of a stream, all of them in io_parallel."""
        return self.channels if self.site.stream else live_values(self.unit, self.live)

    @property
    def channels(self) -> int:
        """Channels of the result that are worked out."""
        return self.live.results if self.live else self.unit.node.shape[-1]

    @property
    def folded(self) -> Folded:
        """The first matrix, with the results that are worked out."""
        found = self.unit.folded[0]
        return replace(found, fold=replace(found.fold, n_out=max(self.channels, 1))) if self.live else found

    @property
    def reuse_factor(self) -> int:
        """The reuse factor asked for, for layers that take any."""
        return self.unit.choice.number(REUSE_FACTOR, 1)


def live_values(unit: Unit, live: Live | None) -> int:
    """Values of a result that have any effect."""
    return prod(unit.node.shape[:-1]) * (live.results if live else unit.node.shape[-1])


@dataclass(frozen=True, slots=True)
class Piece:
    """Cost of one built layer; `fill` cycles pass from its last needed input to its first output."""

    cost: Cost
    fill: float = 0.0


NOTHING = Piece(Cost())


def piece(
    job: Job,
    lut: Quantity,
    ff: Quantity,
    *,
    dsp: Quantity = ZERO,
    bram18: Quantity = ZERO,
    depth: int = 0,
    shallow: int | None = None,
    step: int = 1,
    alone: int = 1,
    why: str = "",
) -> Piece:
    """A layer that works value by value: `depth` cycles in, one word every `step` cycles.

    `shallow` is the least depth that was seen, `why` the reason of the cycles, else that of the LUTs. Streams of
    one word are a single step, and the cycles that it takes `alone`.
    """
    least = depth if shallow is None else shallow
    why = why or lut.reason
    if not job.site.stream:
        latency = Quantity(depth, min(least, depth), depth + 1, why)
        return Piece(Cost(lut, ff, dsp, bram18, ZERO, latency, exactly(step, why)), depth)
    words = max(job.tokens, job.tokens_in)
    filled = depth if words > 1 else alone
    cycles = words * step + filled
    busy = Quantity(cycles, words * step, cycles + 3, why or f"{words:,} words, one after the other.")
    return Piece(Cost(lut, ff, dsp, bram18, ZERO, busy, busy), filled)


def with_more(found: Piece, *, lut: Quantity = ZERO, ff: Quantity = ZERO, bram18: Quantity = ZERO) -> Piece:
    """A built layer with what stands beside it; its reasons stay where it has any cost of its own."""
    cost = found.cost
    luts, ffs = _more(cost.lut, lut), _more(cost.ff, ff)
    return Piece(
        Cost(luts, ffs, cost.dsp, _more(cost.bram18, bram18), cost.uram, cost.latency, cost.interval), found.fill
    )


def _more(own: Quantity, beside: Quantity) -> Quantity:
    return own if beside is ZERO else joined(own, beside, reason=own.reason if own.value else beside.reason)
