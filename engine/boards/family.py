"""Device families: who makes them, and what their look-up tables, multipliers and memories are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Resource(StrEnum):
    """The kinds of resource a budget counts, whatever a vendor calls them."""

    LUT = "LUT"
    FF = "FF"
    DSP = "DSP"
    BRAM = "BRAM"
    URAM = "URAM"
    AIE = "AIE"


@dataclass(frozen=True, slots=True)
class Unit:
    """What one of a resource is in one family.

    ``name`` is the vendor's word and the key in a board file, ``bits`` the capacity of one block with its
    parity bits (0 where it is no memory).
    """

    name: str
    resource: Resource
    meaning: str
    bits: int = 0


_LUT6 = Unit("LUT", Resource.LUT, "6-input look-up table")
_LUT4 = Unit("LUT4", Resource.LUT, "4-input look-up table")
_FF = Unit("FF", Resource.FF, "flip-flop")
# AMD UG473, UG573 and AM007: a 36 kbit block is two independent blocks of 18 kbit.
_BRAM18 = Unit("BRAM18", Resource.BRAM, "18 kbit block RAM, half of a 36 kbit block", 18 * 1024)
# AMD UG573 and AM007: 4,096 words of 72 bits.
_URAM = Unit("URAM", Resource.URAM, "288 kbit UltraRAM block, 4,096 words of 72 bits", 288 * 1024)
_DSP48E2 = Unit("DSP", Resource.DSP, "DSP48E2 slice, 27 x 18 bit multiplier")

_ULTRASCALE = (_LUT6, _FF, _DSP48E2, _BRAM18)


@dataclass(frozen=True, slots=True)
class _Facts:
    """Facts that hold for every device of a family."""

    label: str
    vendor: str
    units: tuple[Unit, ...]


class Family(StrEnum):
    """A device family; the value is its spelling in board files."""

    SERIES_7 = "7-series"
    ULTRASCALE = "ultrascale"
    ULTRASCALE_PLUS = "ultrascale+"
    VERSAL = "versal"
    ECP5 = "ecp5"
    GOWIN = "gowin"
    ICE40 = "ice40"

    @property
    def label(self) -> str:
        """The family's name as its maker writes it."""
        return _FACTS[self].label

    @property
    def vendor(self) -> str:
        """The maker of the device (not of the board)."""
        return _FACTS[self].vendor

    @property
    def is_amd(self) -> bool:
        """Whether the tools of AMD (Vivado, Vitis) build for it."""
        return self.vendor == "AMD"

    @property
    def units(self) -> tuple[Unit, ...]:
        """What its devices may hold; a resource with no unit here does not exist in the family."""
        return _FACTS[self].units

    @property
    def lut_inputs(self) -> int:
        """Inputs of a look-up table: counts of 4-input and of 6-input tables do not compare."""
        return 6 if _LUT6 in self.units else 4


_FACTS = {
    Family.SERIES_7: _Facts(
        "7 series",
        "AMD",
        (_LUT6, _FF, Unit("DSP", Resource.DSP, "DSP48E1 slice, 25 x 18 bit multiplier"), _BRAM18),
    ),
    Family.ULTRASCALE: _Facts("UltraScale", "AMD", _ULTRASCALE),
    Family.ULTRASCALE_PLUS: _Facts("UltraScale+", "AMD", (*_ULTRASCALE, _URAM)),
    Family.VERSAL: _Facts(
        "Versal",
        "AMD",
        (
            _LUT6,
            _FF,
            Unit("DSP", Resource.DSP, "DSP58 engine, 27 x 24 bit multiplier"),
            _BRAM18,
            _URAM,
            Unit("AIE", Resource.AIE, "AI Engine tile"),
            Unit("AIE-ML", Resource.AIE, "AI Engine tile of the ML generation"),
        ),
    ),
    # Lattice FPGA-DS-02012: sysMEM blocks of 18,432 bits, sysDSP counted in 18 x 18 multipliers.
    Family.ECP5: _Facts(
        "ECP5",
        "Lattice",
        (
            _LUT4,
            _FF,
            Unit("DSP", Resource.DSP, "MULT18X18D, 18 x 18 bit multiplier"),
            Unit("EBR", Resource.BRAM, "18 kbit embedded block RAM", 18 * 1024),
        ),
    ),
    # Gowin DS117 and DS226: block SRAM of 18 kbit, DSP counted in 18 x 18 multipliers.
    Family.GOWIN: _Facts(
        "Gowin",
        "Gowin",
        (
            _LUT4,
            _FF,
            Unit("DSP", Resource.DSP, "MULT18X18, 18 x 18 bit multiplier"),
            Unit("BSRAM", Resource.BRAM, "18 kbit block SRAM", 18 * 1024),
        ),
    ),
    # Lattice FPGA-DS-02008: EBR of 256 x 16 bits, single-port RAM of 16,384 x 16 bits.
    Family.ICE40: _Facts(
        "iCE40",
        "Lattice",
        (
            _LUT4,
            _FF,
            Unit("DSP", Resource.DSP, "SB_MAC16, 16 x 16 bit multiplier"),
            Unit("EBR", Resource.BRAM, "4 kbit embedded block RAM", 4 * 1024),
            Unit("SPRAM", Resource.URAM, "256 kbit single-port RAM, without initial contents", 256 * 1024),
        ),
    ),
}
