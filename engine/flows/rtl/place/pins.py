"""The pins of the shipped boards that a design talks over: clock, button, serial line, LED."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import resources
from engine.flows.rtl.place.device import Dialect

_FOLDER = Path(resources.__file__).parent / "pins"
_PORT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Pin:
    """One pin: its place, its standard and pull in the words of the vendor, and the document it was read from."""

    site: str
    source: str
    io: str = ""
    pull: str = ""
    drive: int = 0
    """In mA; 0 for what the tool takes by itself."""
    active_low: bool = False
    """Whether a pressed button, or what lights an LED, is a 0."""


@dataclass(frozen=True, slots=True)
class Pins:
    """What a board offers to talk over. `uart_rx` is where the FPGA receives, `uart_tx` where it sends."""

    clock: Pin
    button: Pin
    uart_rx: Pin
    uart_tx: Pin
    led: Pin
    clock_mhz: float

    def by_port(self, ports: Mapping[str, str]) -> dict[str, Pin]:
        """The pins under the names of a design's ports, which `ports` gives by the names above."""
        return {port: getattr(self, name) for name, port in ports.items()}


def pins_of(board_id: str) -> Pins | None:
    """The pins of a shipped board; None where they are not known."""
    return _all().get(board_id)


@cache
def _all() -> dict[str, Pins]:
    found: dict[str, Pins] = {}
    for path in sorted(_FOLDER.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        boards, clock_mhz = table.pop("boards"), table.pop("clock_mhz")
        pins = Pins(**{name: Pin(**entry) for name, entry in table.items()}, clock_mhz=clock_mhz)
        found |= dict.fromkeys(boards, pins)
    return found


def constraints(pins: Mapping[str, Pin], dialect: Dialect) -> str:
    """The file that puts ports on pins, in the dialect of the tool. Raises ValueError for what is no port's name."""
    for port in pins:
        if not _PORT.fullmatch(port):
            raise ValueError(f"{port!r} is not the name of a port")
    write = {Dialect.LPF: _lpf, Dialect.CST: _cst, Dialect.PCF: _pcf}[dialect]
    return "".join(line + "\n" for port, pin in pins.items() for line in write(port, pin))


def _lpf(port: str, pin: Pin) -> list[str]:
    words = _words({"IO_TYPE": pin.io, "PULLMODE": pin.pull, "DRIVE": pin.drive})
    return [f'LOCATE COMP "{port}" SITE "{pin.site}";', f'IOBUF PORT "{port}" {words};']


def _cst(port: str, pin: Pin) -> list[str]:
    words = _words({"IO_TYPE": pin.io, "PULL_MODE": pin.pull, "DRIVE": pin.drive})
    return [f'IO_LOC "{port}" {pin.site};', f'IO_PORT "{port}" {words};']


def _pcf(port: str, pin: Pin) -> list[str]:
    return [f"set_io {'-pullup yes ' if pin.pull == 'UP' else ''}{port} {pin.site}"]


def _words(values: Mapping[str, str | int]) -> str:
    return " ".join(f"{key}={value}" for key, value in values.items() if value)
