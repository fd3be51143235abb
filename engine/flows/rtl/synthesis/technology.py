"""The families that Yosys maps for, and what their cells are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from engine.boards import Family


class Technology(StrEnum):
    """What Yosys maps for; the value is its own name for it."""

    XC7 = "xc7"
    XCUP = "xcup"
    ECP5 = "ecp5"
    GOWIN = "gowin"
    ICE40 = "ice40"


_TECHNOLOGIES = {
    Family.SERIES_7: Technology.XC7,
    Family.ULTRASCALE_PLUS: Technology.XCUP,
    Family.ECP5: Technology.ECP5,
    Family.GOWIN: Technology.GOWIN,
    Family.ICE40: Technology.ICE40,
}


def technology_of(family: Family) -> Technology | None:
    """What a family of boards is mapped as; None where Yosys has nothing for it."""
    return _TECHNOLOGIES.get(family)


Weights = Mapping[str, int | Fraction]
"""What one cell counts, by its name. A name that ends in `*` is that of all cells which begin so."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """What the cells of a technology are. Units are those of the family's boards, see `engine.boards.Family`."""

    lut: Mapping[str, int]
    """Look-up tables for logic, and the inputs that each uses."""
    ff: Weights
    dsp: Weights
    block_ram: Weights
    lut_ram: Weights = field(default_factory=dict)
    """Memory and shift registers made of look-up tables, in tables."""
    large_ram: Weights = field(default_factory=dict)
    carry: Weights = field(default_factory=dict)
    mux: Weights = field(default_factory=dict)
    """Multiplexers beside the tables that join them to wider ones."""
    lut_carry: Weights = field(default_factory=dict)
    """Carry chains that stand in the places of look-up tables, in tables."""


def count(cells: Mapping[str, int], weights: Weights) -> int:
    """What cells amount to; half units are rounded up."""
    total = sum(number * weight for name, number in cells.items() if (weight := _weight(name, weights)))
    return -int(-total // 1)


def _weight(name: str, weights: Weights) -> int | Fraction:
    if name in weights:
        return weights[name]
    return next((value for key, value in weights.items() if key.endswith("*") and name.startswith(key[:-1])), 0)


# AMD UG474 and UG574: tables that a distributed RAM takes. A shift register takes one.
_AMD_LUT_RAM: Weights = {
    "SRL*": 1,
    "RAM32X1S": 1,
    "RAM64X1S": 1,
    "RAM128X1S": 2,
    "RAM256X1S": 4,
    "RAM512X1S": 8,
    "RAM32X1D": 2,
    "RAM64X1D": 2,
    "RAM128X1D": 4,
    "RAM256X1D": 8,
    "RAM32M": 4,
    "RAM64M": 4,
    "RAM32M16": 8,
    "RAM64M8": 8,
    "RAM32X16DR8": 8,
    "RAM64X8SW": 8,
}
_AMD = Kinds(
    lut={f"LUT{inputs}": inputs for inputs in range(1, 7)},
    ff={"FD*": 1, "LD*": 1},
    dsp={"DSP48*": 1},
    block_ram={"RAMB18*": 1, "RAMB36*": 2},
    lut_ram=_AMD_LUT_RAM,
    large_ram={"URAM288*": 1},
    carry={"CARRY*": 1},
    mux={"MUXF*": 1},
)

KINDS: Mapping[Technology, Kinds] = {
    Technology.XC7: _AMD,
    Technology.XCUP: _AMD,
    # nextpnr-ecp5: a CCU2C fills two cells; a 16 x 4 RAM fills four, and two more write it (Lattice FPGA-TN-02204).
    Technology.ECP5: Kinds(
        lut={"LUT4": 4},
        ff={"TRELLIS_FF": 1},
        dsp={"MULT18X18D": 1, "MULT9X9D": Fraction(1, 2)},
        block_ram={"DP16KD": 1, "PDPW16KD": 1},
        lut_ram={"TRELLIS_DPR16X4": 6},
        carry={"CCU2C": 1},
        mux={"PFUMX": 1, "L6MUX21": 1},
        lut_carry={"CCU2C": 2},
    ),
    # nextpnr-himbaechel: an ALU fills the place of a table.
    # Gowin UG287: a macro has two 18 x 18 multipliers; two of 9 x 9 take the place of one, a 36 x 36 that of four.
    Technology.GOWIN: Kinds(
        lut={f"LUT{inputs}": inputs for inputs in range(1, 5)},
        ff={"DFF*": 1, "DL*": 1},
        dsp={"MULT9X9": Fraction(1, 2), "MULT18X18": 1, "MULT36X36": 4},
        block_ram={"SP": 1, "SPX9": 1, "SDPB": 1, "SDPX9B": 1, "DPB": 1, "DPX9B": 1, "pROM": 1, "pROMX9": 1},
        lut_ram={"RAM16S1": 1, "RAM16S2": 2, "RAM16S4": 4, "RAM16SDP1": 2, "RAM16SDP2": 4, "RAM16SDP4": 8},
        carry={"ALU": 1},
        mux={"MUX2_LUT*": 1},
        lut_carry={"ALU": 1},
    ),
    Technology.ICE40: Kinds(
        lut={"SB_LUT4": 4},
        ff={"SB_DFF*": 1},
        dsp={"SB_MAC16": 1},
        block_ram={"SB_RAM40_4K*": 1},
        large_ram={"SB_SPRAM256KA": 1},
        carry={"SB_CARRY": 1},
    ),
}
