"""Mapping one module."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.environment.open_tools import YOSYS
from engine.flows.rtl.synthesis.cache import ResultCache, key_of
from engine.flows.rtl.synthesis.cells import Cells
from engine.flows.rtl.synthesis.script import STATISTICS, script
from engine.flows.rtl.synthesis.source import Source, with_names, write_sources
from engine.flows.rtl.synthesis.technology import Technology
from engine.flows.rtl.tools import OpenToolError, Usage, run_tool
from engine.flows.rtl.tools.process import read_log

LOG = "yosys.log"
_SCRIPT = "script.ys"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_$]*")
_MOST_WARNINGS = 100


def synthesise(
    sources: Source | Sequence[Source],
    top: str,
    technology: Technology,
    folder: Path,
    *,
    cache: ResultCache | None = None,
    whole: bool = False,
) -> Cells:
    """Map the module `top` of some Verilog for a technology, in `folder`, where script, log and counts are left.

    A result that `cache` has is not computed again. With `whole` the module is a design with pads, and its netlist is
    left for placement; it is not looked up. Raises OpenToolError with the reason, in the sources' names.
    """
    texts = [sources] if isinstance(sources, Source) else list(sources)
    if not _NAME.fullmatch(top):
        raise ValueError(f"{top!r} is not the name of a Verilog module")
    commands = script([f"source{index}.v" for index in range(len(texts))], top, technology, whole=whole)
    key = key_of(texts, commands, YOSYS.version)
    found = cache.find(key) if cache and not whole else None
    if found is None:
        found = _run(texts, commands, technology, folder)
        if cache:
            cache.keep(key, found)
    return found


def _run(sources: Sequence[Source], commands: str, technology: Technology, folder: Path) -> Cells:
    folder.mkdir(parents=True, exist_ok=True)
    write_sources(sources, folder)
    (folder / _SCRIPT).write_text(commands, encoding="utf-8", newline="\n")
    try:
        # Quiet: warnings and errors only.
        used = run_tool(YOSYS, ["-q", "-s", _SCRIPT], folder, LOG)
    except OpenToolError as error:
        raise OpenToolError(error.trouble, with_names(str(error), sources)) from error
    statistics = json.loads((folder / STATISTICS).read_text(encoding="utf-8"))
    return _cells(statistics["design"], technology, used, _warnings(with_names(read_log(folder / LOG), sources)))


def _cells(design: dict[str, Any], technology: Technology, used: Usage, warnings: tuple[str, ...]) -> Cells:
    return Cells(
        technology=technology,
        by_name=tuple(sorted((name, int(number)) for name, number in design.get("num_cells_by_type", {}).items())),
        yosys=YOSYS.version,
        cpu_seconds=used.cpu_seconds,
        peak_memory=used.peak_memory,
        warnings=warnings,
    )


def _warnings(log: str) -> tuple[str, ...]:
    """Each warning once, in their order."""
    return tuple(dict.fromkeys(line.strip() for line in log.splitlines() if "Warning: " in line))[:_MOST_WARNINGS]
