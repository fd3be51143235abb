"""`python -m tests.benchmarks.rtl.gather OUT.json [--count N] [--technology xc7]`: what Yosys makes of modules drawn
by `samples`. Several go through one run, each kept by itself: AMD's cells alone take seconds to read."""

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from engine.environment.open_tools import YOSYS
from engine.flows.rtl.synthesis import Cells, Technology
from engine.flows.rtl.synthesis.script import MULTIPLIER, STATISTICS, multiplier, script
from engine.flows.rtl.tools import run_tool
from engine.flows.rtl.verilog.library import with_library
from tests.benchmarks.rtl.samples import MOST_MULTIPLIERS, Sample, samples

_TOGETHER = 4


def main(arguments: list[str]) -> int:
    """Draw, map, write."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.rtl.gather", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=MOST_MULTIPLIERS, help="products at once in a module at most")
    parser.add_argument("--technology", type=Technology, choices=list(Technology), default=Technology.XC7)
    asked = parser.parse_args(arguments)
    drawn = list(samples(asked.count, asked.seed, asked.most))
    portions = [drawn[place : place + _TOGETHER] for place in range(0, len(drawn), _TOGETHER)]
    rows: list[dict] = []
    with tempfile.TemporaryDirectory(prefix="rtl-fit-") as folder, ThreadPoolExecutor(2) as pool:
        rooms = [Path(folder) / f"run{place}" for place in range(len(portions))]
        for found in pool.map(lambda pair: mapped(*pair, asked.technology), zip(portions, rooms, strict=True)):
            rows += found
            asked.out.write_text(json.dumps(rows))
    print(f"{len(rows)} modules mapped for {asked.technology}: {asked.out}")
    return 0


def mapped(portion: Sequence[Sample], folder: Path, technology: Technology) -> list[dict]:
    """Shape, Verilog and counts of each; the text is kept, since what is read of it may change until the fit."""
    folder.mkdir()
    (folder / "all.v").write_text(_together(portion), encoding="utf-8")
    (folder / MULTIPLIER).write_text(multiplier(), encoding="utf-8")
    (folder / "script.ys").write_text(script(["all.v"], "all", technology), encoding="utf-8")
    run_tool(YOSYS, ["-q", "-s", "script.ys"], folder, "yosys.log")
    modules = json.loads((folder / STATISTICS).read_text(encoding="utf-8"))["modules"]
    return [
        {"shape": sample.shape, "verilog": sample.block.verilog, "counts": _counts(modules[f"\\m{place}"], technology)}
        for place, sample in enumerate(portion)
    ]


def _together(portion: Sequence[Sample]) -> str:
    """All modules under names of their own, and a top that keeps them."""
    texts, library = [], set()
    for place, sample in enumerate(portion):
        name = sample.block.module
        texts.append(
            re.sub(rf"^module {name} ", f"(* keep_hierarchy *) module m{place} ", sample.block.verilog, flags=re.M)
        )
        library |= set(sample.block.library)
    instances = "".join(f"(* keep *) m{place} i{place} (.clk(clk));\n" for place in range(len(portion)))
    return with_library("\n".join([*texts, f"module all (input clk);\n{instances}endmodule\n"]), library)


def _counts(module: dict, technology: Technology) -> dict[str, int]:
    names = tuple(sorted((name, int(number)) for name, number in module.get("num_cells_by_type", {}).items()))
    cells = Cells(technology, names, YOSYS.version, 0.0, 0)
    return {"LUT": cells.lut + cells.lut_ram, "FF": cells.ff, "DSP": cells.dsp, "BRAM18": cells.block_ram}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
