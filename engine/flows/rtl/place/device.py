"""Which tools place a board's part, and what they are told of it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from engine.boards import Board, Family
from engine.environment.open_tools import (
    ECPPACK,
    GOWIN_PACK,
    ICEPACK,
    NEXTPNR_ECP5,
    NEXTPNR_GOWIN,
    NEXTPNR_ICE40,
    OpenTool,
)


class Dialect(StrEnum):
    """How pins are written; the value is the suffix of such files."""

    LPF = "lpf"
    CST = "cst"
    PCF = "pcf"


@dataclass(frozen=True, slots=True)
class Device:
    """A part that nextpnr places."""

    placer: OpenTool
    packer: OpenTool
    dialect: Dialect
    part: tuple[str, ...]
    """Options that name the part."""
    constrained: tuple[str, ...]
    """Options that give the file of pins, which is called `pins` with the dialect's suffix."""
    free: tuple[str, ...]
    """Options in their place where pins are anywhere."""
    output: tuple[str, ...]
    """Options that name what is placed and routed."""
    pack: tuple[str, ...]
    """Options of the packer."""
    bitstream: str
    """The file that the packer writes."""


_ECP5 = re.compile(r"LFE5U-(?P<size>12|25|45|85)F-(?P<speed>[678])(?P<package>BG256|MG285|BG381|BG554)[CI]")
_ECP5_PACKAGES = {"BG256": "CABGA256", "MG285": "CSFBGA285", "BG381": "CABGA381", "BG554": "CABGA554"}
_ICE40 = re.compile(r"iCE40(?P<size>UP5K)-(?P<package>SG48)")
# A part's name does not say which revision of the chip is in it; these are what the boards have.
_GOWIN = {"GW1NR-LV9QN88PC6/I5": "GW1N-9C", "GW2AR-LV18QN88C8/I7": "GW2A-18C"}


def device_of(board: Board) -> Device | None:
    """What places a board's part; None where no open tool does, as for all of AMD's."""
    match board.family:
        case Family.ECP5:
            return _ecp5(board.part)
        case Family.GOWIN:
            return _gowin(board.part)
        case Family.ICE40:
            return _ice40(board.part)
    return None


def _ecp5(part: str) -> Device | None:
    found = _ECP5.fullmatch(part)
    if found is None:
        return None
    return Device(
        placer=NEXTPNR_ECP5,
        packer=ECPPACK,
        dialect=Dialect.LPF,
        part=(f"--{found['size']}k", "--package", _ECP5_PACKAGES[found["package"]], "--speed", found["speed"]),
        constrained=("--lpf", "pins.lpf"),
        free=("--lpf-allow-unconstrained",),
        output=("--textcfg", "placed.config"),
        pack=("--compress", "placed.config", "design.bit"),
        bitstream="design.bit",
    )


def _gowin(part: str) -> Device | None:
    family = _GOWIN.get(part)
    if family is None:
        return None
    return Device(
        placer=NEXTPNR_GOWIN,
        packer=GOWIN_PACK,
        dialect=Dialect.CST,
        part=("--device", part, "--vopt", f"family={family}"),
        constrained=("--vopt", "cst=pins.cst"),
        free=(),
        output=("--write", "placed.json"),
        pack=("-d", family, "-o", "design.fs", "placed.json"),
        bitstream="design.fs",
    )


def _ice40(part: str) -> Device | None:
    found = _ICE40.fullmatch(part)
    if found is None:
        return None
    return Device(
        placer=NEXTPNR_ICE40,
        packer=ICEPACK,
        dialect=Dialect.PCF,
        part=(f"--{found['size'].lower()}", "--package", found["package"].lower()),
        constrained=("--pcf", "pins.pcf"),
        free=("--pcf-allow-unconstrained",),
        output=("--asc", "placed.asc"),
        pack=("placed.asc", "design.bin"),
        bitstream="design.bin",
    )
