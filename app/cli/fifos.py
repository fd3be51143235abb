"""The option `--fifo`: depths of FIFOs, one by one or all as a simulated run needs them."""

from difflib import get_close_matches

from engine.dataflow import sizing
from engine.design import Design, DesignError, set_fifo_depths
from engine.flows.registry import flow

NEEDED = "needed"


def with_fifos(design: Design, wishes: list[str]) -> Design:
    """Apply the wishes in their order. Raises DesignError, NotStreamedError."""
    for wish in wishes:
        streams = flow(design.target.flow).streams(design)
        if wish == NEEDED:
            design = set_fifo_depths(design, dict(sizing(streams).depths))
            continue
        place, equals, text = wish.rpartition("=")
        name = " → ".join(part.strip() for part in place.replace("->", "→").split("→"))
        if not equals or not text.isdecimal():
            raise DesignError(f"--fifo {wish}: write WRITER->READER=WORDS, e.g. conv1->relu1=16, or {NEEDED}.")
        known = [fifo.name for fifo in streams.built]
        if name not in known:
            near = next(iter(get_close_matches(name, known, 1, 0.0)), "")
            raise DesignError(f"--fifo {wish}: there is no FIFO '{name}'; the nearest one is '{near}'.")
        design = set_fifo_depths(design, {**dict(design.fifo_depths), name: int(text)})
    return design
