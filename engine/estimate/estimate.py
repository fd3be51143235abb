"""What a design costs: per layer and in total, on one board at one clock."""

from dataclasses import dataclass

from engine.design import Target
from engine.estimate.quantity import RESOURCES, ZERO, Level, Quantity, Tier


@dataclass(frozen=True, slots=True)
class Cost:
    """Resources in pieces; latency and interval in clock cycles."""

    lut: Quantity = ZERO
    ff: Quantity = ZERO
    dsp: Quantity = ZERO
    bram18: Quantity = ZERO
    uram: Quantity = ZERO
    latency: Quantity = ZERO
    """Cycles from the first input to the last output."""
    interval: Quantity = ZERO
    """Initiation interval: cycles between two inferences."""

    def resource(self, name: str) -> Quantity:
        """One of RESOURCES by its name."""
        return (self.lut, self.ff, self.dsp, self.bram18, self.uram)[RESOURCES.index(name)]


@dataclass(frozen=True, slots=True)
class LayerCost:
    """Cost of one layer, by its name."""

    name: str
    cost: Cost


@dataclass(frozen=True, slots=True)
class Estimate:
    """A whole design's cost. `refusal` says why there are no numbers, where there are none."""

    target: Target
    tier: Tier
    layers: tuple[LayerCost, ...]
    total: Cost
    refusal: str = ""
    level: Level = Level.C_SYNTHESIS
    """The tool whose report an estimate foretells."""
    own_runs: str = ""
    """The user's own runs that took part, in words: `own runs of 3 networks with Vitis HLS 2024.1`."""
    cycles_of: str = "C synthesis"
    """Whose count latency and interval foretell."""

    @property
    def label(self) -> str:
        """Where the numbers come from, in words."""
        return f"{self.tier.label} of {self.level}" if self.tier is Tier.ESTIMATE else self.tier.label

    @property
    def latency_us(self) -> Quantity:
        """Latency in microseconds at the target's clock."""
        return self.total.latency.scaled(self.target.clock_ns / 1000)

    @property
    def rate(self) -> Quantity:
        """Inferences per second: one every initiation interval."""
        interval, clock = self.total.interval, self.target.clock_ns * 1e-9
        if interval.value <= 0:
            return ZERO
        per_second = [1 / (cycles * clock) for cycles in (interval.value, interval.high, max(interval.low, 1))]
        return Quantity(per_second[0], per_second[1], per_second[2], interval.reason)

    @property
    def slowest(self) -> str:
        """The layer whose interval sets the rate; '' for an empty design."""
        slowest = max(self.layers, key=lambda layer: layer.cost.interval.value, default=None)
        return slowest.name if slowest else ""

    def of(self, name: str) -> Cost:
        """Cost of one layer; zeros for a layer that builds nothing."""
        return next((layer.cost for layer in self.layers if layer.name == name), Cost())
