"""What came of placing and routing."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from engine.boards import Family, Resource
from engine.flows.rtl.synthesis.technology import Weights, count
from engine.flows.rtl.tools import OpenToolError, Trouble


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock of the design: the rate it can have, and the one that was asked for."""

    name: str
    achieved_mhz: float
    target_mhz: float


@dataclass(frozen=True, slots=True)
class Use:
    """How many sites of one kind are taken, by nextpnr's names."""

    name: str
    used: int
    available: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the slowest way from register to register: a cell, or a net that leads to it."""

    kind: str
    """'logic', 'routing', 'clk-to-q' or 'setup'."""
    name: str
    delay_ns: float


_RESOURCES: Mapping[Family, Mapping[Resource, Weights]] = {
    Family.ECP5: {
        Resource.LUT: {"TRELLIS_COMB": 1},
        Resource.FF: {"TRELLIS_FF": 1},
        Resource.DSP: {"MULT18X18D": 1},
        Resource.BRAM: {"DP16KD": 1},
    },
    # An adder takes the place of a table.
    Family.GOWIN: {
        Resource.LUT: {"LUT4": 1, "ALU": 1, "RAM16SDP4": 8},
        Resource.FF: {"DFF": 1},
        Resource.DSP: {"MULT9X9": Fraction(1, 2), "MULT18X18": 1, "MULT36X36": 4},
        Resource.BRAM: {"BSRAM": 1},
    },
    Family.ICE40: {
        Resource.LUT: {"ICESTORM_LC": 1},
        Resource.DSP: {"ICESTORM_DSP": 1},
        Resource.BRAM: {"ICESTORM_RAM": 1},
        Resource.URAM: {"ICESTORM_SPRAM": 1},
    },
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A design that fits its board, placed and routed. `bitstream` is a file's name in its folder, '' without one."""

    family: Family
    clocks: tuple[Clock, ...]
    uses: tuple[Use, ...]
    slowest: tuple[Step, ...]
    """The way that limits the slowest clock."""
    bitstream: str
    bitstream_bytes: int
    nextpnr: str
    """The version of its package."""
    cpu_seconds: float
    peak_memory: int
    """In bytes."""
    warnings: tuple[str, ...] = ()

    @property
    def fmax_mhz(self) -> float | None:
        """The rate of the slowest clock; None where the design has none."""
        return min((clock.achieved_mhz for clock in self.clocks), default=None)

    @property
    def meets_timing(self) -> bool:
        """Whether every clock can have the rate that was asked for."""
        return all(clock.achieved_mhz >= clock.target_mhz for clock in self.clocks)

    def resource(self, resource: Resource) -> int | None:
        """What is taken of a board's resource, in the board's unit; None where nextpnr does not count it."""
        weights = _RESOURCES[self.family].get(resource)
        return None if weights is None else count({use.name: use.used for use in self.uses}, weights)


class DoesNotFitError(OpenToolError):
    """The tool has found no room for a design; `over` names what is short, empty where nothing is by number alone."""

    def __init__(self, reason: str, over: tuple[Use, ...]) -> None:
        self.over = over
        super().__init__(Trouble.FIT, reason)

    def short(self, family: Family) -> dict[Resource, int]:
        """What the design takes of each of a board's resources that is short, in the board's unit."""
        used = {use.name: use.used for use in self.over}
        if "LUT4" in used:
            # Before it places, nextpnr counts a table for each adder.
            used.pop("ALU", None)
        amounts = {resource: count(used, weights) for resource, weights in _RESOURCES[family].items()}
        return {resource: amount for resource, amount in amounts.items() if amount}
