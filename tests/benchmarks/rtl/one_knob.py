"""What a turn of one knob costs: all layers mapped one by one, then again with another reuse factor of one layer.

Times are of Yosys' processes, in processor time; ratios are of one run.
"""

import tempfile
from pathlib import Path

from engine.flows.rtl.build import Hardware
from engine.flows.rtl.project.stubs import between
from engine.flows.rtl.synthesis import Cells, Module, ResultCache, Source, Technology, synthesise_all
from engine.flows.rtl.verilog.library import with_library
from engine.network import TensorStore
from tests.benchmarks._table import Row
from tests.benchmarks.rtl.parts.designs import jet
from tests.benchmarks.rtl.parts.mapped import hardware_of

_BEFORE, _AFTER = (128, 128, 64, 160), (128, 128, 64, 80)


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    with tempfile.TemporaryDirectory() as folder:
        store = TensorStore(Path(folder) / "tensors")
        cache, known = ResultCache(Path(folder) / "cache"), set[Cells]()
        before, after = (_modules(hardware_of(jet(factors, store), store)) for factors in (_BEFORE, _AFTER))
        full = _seconds(synthesise_all(before, Technology.XC7, Path(folder) / "a", cache=cache), known)
        hits, misses = cache.hits, cache.misses
        turned = _seconds(synthesise_all(after, Technology.XC7, Path(folder) / "b", cache=cache), known)
    changed = sum(ours != theirs for ours, theirs in zip(before, after, strict=True))
    return [
        ("modules of the jet tagger, the top one of them", len(before), "", None),
        ("modules that one reuse factor changes", changed, "", None),
        ("all mapped, found in the cache", hits, "", None),
        ("all mapped", full, "s", None),
        ("one changed, found in the cache", cache.hits - hits, "", None),
        ("one changed, mapped", cache.misses - misses, "", changed),
        ("one changed", turned, "s", None),
        ("its share of the time of all", 100 * turned / full, "%", None),
    ]


def _modules(hardware: Hardware) -> list[Module]:
    """The layers, and what lies between them."""
    texts = {block.module: with_library(block.verilog, block.library) for block in hardware.blocks}
    texts[hardware.name] = between(hardware)
    return [Module(name, name, (Source(name, text),)) for name, text in texts.items()]


def _seconds(outcomes: dict[str, Cells], known: set[Cells]) -> float:
    """Of what was mapped anew."""
    found = set(outcomes.values()) - known
    known |= found
    return sum(cells.cpu_seconds for cells in found)
