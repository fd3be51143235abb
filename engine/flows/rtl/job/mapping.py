"""A design's modules mapped one by one, and what lies between them: each again only where it has changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.flows.rtl.block import Block
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.project.stubs import between
from engine.flows.rtl.synthesis import Cells, Failure, Module, Source, Technology, synthesise_all, user_cache
from engine.flows.rtl.verilog.library import with_library


@dataclass(frozen=True, slots=True)
class Mapped:
    """Cells by module, and why the others have none; `reused`: modules whose results were there already."""

    cells: Mapping[str, Cells]
    failures: Mapping[str, Failure]
    reused: int


Told = Callable[[Mapped, str, float], None]
"""Is given what there is, what has just ended, in words, and how far all of it is, 0 to 1."""


def mapped(hardware: Hardware, technology: Technology, folder: Path, told: Told) -> Mapped:
    """The modules' cells; the top, with its layers as boxes, is one of them. Raises OpenToolError."""
    modules = [Module(block.module, block.module, _sources(block)) for block in hardware.blocks]
    modules.append(Module(hardware.name, hardware.name, (Source(f"{hardware.name}.v", between(hardware)),)))
    names = {hardware.name: "the top"} | {block.module: block.layers[0] for block in hardware.blocks}
    cache = user_cache()
    cells: dict[str, Cells] = {}
    failures: dict[str, Failure] = {}

    def ended(name: str, found: Cells | Failure, fraction: float) -> None:
        if isinstance(found, Cells):
            cells[name] = found
        else:
            failures[name] = found
        done = f"{names[name]} ({len(cells) + len(failures)} of {len(modules)})"
        told(Mapped(dict(cells), dict(failures), cache.hits), f"Synthesised {done}", fraction)

    synthesise_all(modules, technology, folder, cache=cache, told=ended)
    return Mapped(cells, failures, cache.hits)


def _sources(block: Block) -> tuple[Source, ...]:
    return (Source(f"{block.module}.v", with_library(block.verilog, block.library)),)
