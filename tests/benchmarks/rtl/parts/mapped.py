"""Designs through Yosys, as rows."""

from pathlib import Path

from engine.design import Design
from engine.flows.hls4ml.exact.lower import Lowering
from engine.flows.rtl.build import Hardware, build
from engine.flows.rtl.synthesis import Cells, Source, Technology, synthesise, user_cache
from engine.flows.rtl.top import sources
from engine.network import TensorStore
from tests.benchmarks._table import Row


def hardware_of(design: Design, store: TensorStore) -> Hardware:
    """The design's modules."""
    return build(Lowering(store).lower(design), "dut")


def cells_of(hardware: Hardware, folder: Path) -> Cells:
    """The whole design for 7 series, flattened, without pads."""
    return synthesise(Source("design", sources(hardware)), "dut", Technology.XC7, folder, cache=user_cache())


def resources(name: str, cells: Cells) -> list[Row]:
    """What it takes beside look-up tables."""
    return [
        (f"{name}, FF", cells.ff, "", None),
        (f"{name}, BRAM", cells.block_ram / 2, "36 kbit", None),
        (f"{name}, carry", cells.carry, "CARRY4", None),
    ]
