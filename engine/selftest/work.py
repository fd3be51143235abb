"""The job of the self-test alone: a small piece of work that belongs in a worker."""

from dataclasses import replace
from typing import Any

from engine.environment.open_tools import YOSYS
from engine.flows.hls4ml.inputs import open_tensors, read_design
from engine.flows.registry import flow
from engine.flows.rtl.drafted import drafted
from engine.flows.rtl.synthesis import Source, Technology, synthesise
from engine.flows.rtl.tools import OpenToolError
from engine.flows.rtl.verilog.library import with_library
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter


def map_layer(reporter: Reporter, *, design: Any, tensors: str) -> str:
    """Map the shortest module of a design with Yosys; say what it takes. Raises JobError."""
    read = read_design(design)
    target = replace(read.target, flow=flow("rtl").id)
    _, hardware = drafted(replace(read, target=target), open_tensors(tensors))
    block = min(hardware.blocks, key=lambda each: len(each.verilog))
    source = Source(f"{block.module}.v", with_library(block.verilog, block.library))
    try:
        # Not from the cache: the tool itself is what is tried.
        cells = synthesise(source, block.module, Technology.ECP5, reporter.folder / "module")
    except OpenToolError as error:
        raise JobError(str(error)) from error
    return f"Yosys {YOSYS.release}: {block.layers[0]} takes {sum(number for _, number in cells.by_name):,} cells."
