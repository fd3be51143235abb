"""`python -m tests.benchmarks.rtl.gather OUT.json [--count N] [--technology xc7]`: what Yosys makes of modules drawn
by `samples`. Several designs go through one run, each module kept by itself: AMD's cells alone take seconds to read."""

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.environment.open_tools import YOSYS
from engine.flows.rtl.attempt import Builder
from engine.flows.rtl.build import block
from engine.flows.rtl.synthesis import Cells, Technology
from engine.flows.rtl.synthesis.script import STATISTICS, script
from engine.flows.rtl.tools import OpenToolError, run_tool
from engine.flows.rtl.top import JOINING, top
from engine.flows.rtl.verilog.library import with_library
from tests.benchmarks.rtl.samples import MOST_MULTIPLIERS, sample

_TOGETHER = 8
_TOP = "network"


@dataclass(frozen=True, slots=True)
class Module:
    """A module to be mapped, with what draws its sample anew, and that one's kind and shape."""

    seed: str
    asked: tuple[str, int]
    kind: str
    shape: str
    name: str
    verilog: str
    library: tuple[str, ...]


def main(arguments: list[str]) -> int:
    """Draw, map, write; a table that is there is added to."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.rtl.gather", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=60, help="designs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", default="", help="of one kind alone")
    parser.add_argument("--most", type=int, default=MOST_MULTIPLIERS, help="products at once in a module at most")
    parser.add_argument("--technology", type=Technology, choices=list(Technology), default=Technology.XC7)
    asked = parser.parse_args(arguments)
    rows = json.loads(asked.out.read_text(encoding="utf-8")) if asked.out.exists() else []
    for first in range(0, asked.count, _TOGETHER):
        seeds = [f"{asked.seed}-{place}" for place in range(first, min(first + _TOGETHER, asked.count))]
        modules = [each for seed in seeds for each in _modules(seed, asked.kind, asked.most)]
        rows += _mapped(modules, asked.technology)
        asked.out.write_text(json.dumps(rows), encoding="utf-8")
    print(f"{len(rows)} modules mapped for {asked.technology}: {asked.out}")
    return 0


def _modules(seed: str, kind: str, most: int) -> Iterator[Module]:
    """Those of a design, under names of their own, and its top where that is more than wires."""
    drawn = sample(seed, kind, most)
    hardware = Builder(block).attempt(drawn.specification, _TOP).hardware
    if hardware is None:
        return
    own, text = f"s{seed.replace('-', '_')}", top(hardware)
    texts = [each.verilog for each in hardware.blocks]
    names = re.findall(r"^module (\w+)", "\n".join([*texts, text]), re.MULTILINE)
    renamed = re.compile(rf"\b({'|'.join(names)})\b(?= [\w#(])")
    for each in hardware.blocks:
        verilog = renamed.sub(rf"{own}_\1", each.verilog)
        yield Module(seed, (kind, most), drawn.kind, drawn.shape, f"{own}_{each.module}", verilog, each.library)
    if "#(" in text:
        yield Module(
            seed,
            (kind, most),
            "joints",
            drawn.shape,
            f"{own}_{_TOP}",
            renamed.sub(rf"{own}_\1", text),
            tuple(sorted(JOINING)),
        )


def _mapped(modules: Sequence[Module], technology: Technology) -> list[dict]:
    """Each module with its counts; the text is kept, since what is read of it may change until the fit."""
    with tempfile.TemporaryDirectory(prefix="rtl-fit-") as name:
        folder = Path(name)
        (folder / "all.v").write_text(_together(modules), encoding="utf-8")
        (folder / "script.ys").write_text(script(["all.v"], "all", technology), encoding="utf-8")
        try:
            run_tool(YOSYS, ["-q", "-s", "script.ys"], folder, "yosys.log")
        except OpenToolError as error:
            print(f"left out {[each.name for each in modules]}: {error}", file=sys.stderr)
            return []
        found = json.loads((folder / STATISTICS).read_text(encoding="utf-8"))["modules"]
    return [{**asdict(each), "counts": _counts(found[f"\\{each.name}"], technology)} for each in modules]


def _together(modules: Sequence[Module]) -> str:
    """All of them, and a top that keeps them."""
    kept = [
        re.sub(rf"^module {each.name} ", f"(* keep_hierarchy *) module {each.name} ", each.verilog, flags=re.MULTILINE)
        for each in modules
    ]
    instances = "".join(f"(* keep *) {each.name} i{place} (.clk(clk));\n" for place, each in enumerate(modules))
    library = {name for each in modules for name in each.library}
    return with_library("\n".join([*kept, f"module all (input clk);\n{instances}endmodule\n"]), library)


def _counts(module: dict, technology: Technology) -> dict[str, int]:
    names = tuple(sorted((name, int(number)) for name, number in module.get("num_cells_by_type", {}).items()))
    cells = Cells(technology, names, YOSYS.version, 0.0, 0)
    return {"LUT": cells.all_lut, "FF": cells.ff, "DSP": cells.dsp, "BRAM18": cells.block_ram}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
