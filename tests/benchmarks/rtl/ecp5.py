"""The folded jet tagger placed and routed for a ULX3S 85F, behind its serial line, on the board's pins: its clock."""

import sys
import tempfile
from pathlib import Path

from engine.boards import Resource, board
from engine.flows.rtl.place import pins_of, place
from engine.flows.rtl.shell.serial import TOP, serial_sources
from engine.flows.rtl.synthesis import Source, Technology, synthesise
from engine.network import TensorStore
from tests.benchmarks._table import Row, at_least
from tests.benchmarks.rtl.parts.designs import jet
from tests.benchmarks.rtl.parts.mapped import hardware_of

_BOARD = "ulx3s-85f"
_REUSE_FACTORS = (128, 128, 64, 160)
_LEAST_MHZ, _ASKED_MHZ = 120.0, 150.0


def run() -> list[Row]:
    """Rows of name, value, unit and limit; on the error output, the slowest way."""
    with tempfile.TemporaryDirectory() as folder:
        store, work = TensorStore(Path(folder) / "tensors"), Path(folder) / "work"
        hardware, pins = hardware_of(jet(_REUSE_FACTORS, store), store), pins_of(_BOARD)
        text = serial_sources(hardware, pins.clock_mhz, active_low=pins.button.active_low, led_low=pins.led.active_low)
        synthesise(Source("design", text), TOP, Technology.ECP5, work, whole=True)
        placed = place(work, board(_BOARD), clock_mhz=_ASKED_MHZ, pins=pins)
    print(*placed.slowest, sep="\n", file=sys.stderr)
    name = f"jet tagger, reuse factors {', '.join(map(str, _REUSE_FACTORS))}, {board(_BOARD).name}"
    resources = (Resource.LUT, Resource.FF, Resource.DSP, Resource.BRAM)
    return [
        (f"{name}: clock", placed.fmax_mhz, "MHz", at_least(_LEAST_MHZ)),
        *((f"{name}: {each}", placed.resource(each), "", None) for each in resources),
    ]
