"""Where a run stands, told from the lines that the tools print."""

import re
from dataclasses import dataclass

from engine.flows.hls4ml.reports.layers import LayerIndex

_BANNER = re.compile(r"^\*{4,6} (?P<tool>Vitis HLS|Vivado\(TM\) HLS|Vivado)\b.{0,80}? v(?P<version>\d{4}\.\d)")
_LEGAL = re.compile(r"Legalizing function name ")
_MODULE = re.compile(r"-- (?P<what>Implementing|Generating RTL for) module '(?P<name>[^']{1,300})'")
_LOGIC_STARTS = 0.6
"""Share of C synthesis where logic synthesis follows."""

# Shares of C synthesis, from the times in a few genuine logs: reading and unrolling take the longer half.
_C_MARKS = (
    ("Analyzing design file", "C synthesis: reading the code", 0.02),
    ("Finished Source Code Analysis", "C synthesis: unrolling loops", 0.08),
    ("Finished Linking", "C synthesis: unrolling loops", 0.08),
    ("Starting code transformations", "C synthesis: transforming the code", 0.40),
    ("Checking synthesizability", "C synthesis: checking the code", 0.44),
    ("Starting hardware synthesis", "C synthesis: scheduling", 0.50),
    ("***** C/RTL SYNTHESIS COMPLETED", "C synthesis: done", 1.0),
    ("***** EXPORT IP *****", "Exporting the IP", 1.0),
)
_SCHEDULING, _WRITING = (0.50, 0.75), (0.75, 0.98)
_LOGIC_MARKS = (
    ("***** VIVADO SYNTHESIS *****", "Logic synthesis: starting Vivado", 0.0),
    ("Starting Synthesize", "Logic synthesis: reading the hardware", 0.05),
    ("Finished RTL Optimization", "Logic synthesis: optimising", 0.20),
    ("Start Cross Boundary and Area Optimization", "Logic synthesis: sharing and trimming", 0.25),
    ("Start Timing Optimization", "Logic synthesis: timing", 0.60),
    ("Start Technology Mapping", "Logic synthesis: mapping to cells", 0.65),
    ("Start IO Insertion", "Logic synthesis: finishing the netlist", 0.70),
    ("Start Writing Synthesis Report", "Logic synthesis: finishing the netlist", 0.80),
    ("Command: opt_design", "Logic synthesis: optimising the netlist", 0.85),
    ("***** VIVADO SYNTHESIS COMPLETED", "Logic synthesis: done", 1.0),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """What is being done, and how far the run is, 0 to 1."""

    phase: str
    fraction: float


class Follower:
    """Reads a run's lines one by one. `tools` collects what the tools call themselves, with their versions."""

    def __init__(self, layers: LayerIndex, *, logic_synthesis: bool) -> None:
        self.tools: list[str] = []
        self._layers = layers
        self._split = _LOGIC_STARTS if logic_synthesis else 1.0
        self._modules = 1
        self._done = {"Implementing": 0, "Generating RTL for": 0}
        self._fraction = 0.0

    def line(self, text: str) -> Moment | None:
        """What a line says of the run's progress; None if nothing. The fraction never falls."""
        if banner := _BANNER.match(text):
            self.tools.append(f"{banner['tool'].replace('(TM)', '')} {banner['version']}")
        elif _LEGAL.search(text):
            self._modules += 1
        elif found := _MODULE.search(text):
            return self._module(found["what"], found["name"])
        for mark, phase, share in _C_MARKS:
            if mark in text:
                return self._moment(phase, share * self._split)
        for mark, phase, share in _LOGIC_MARKS:
            if mark in text:
                return self._moment(phase, self._split + share * (1 - self._split))
        return None

    def _module(self, what: str, name: str) -> Moment:
        """One module of many: the tools schedule all, then write all."""
        self._done[what] += 1
        count, total = self._done[what], max(self._modules, *self._done.values())
        verb, (start, end) = ("scheduling", _SCHEDULING) if what == "Implementing" else ("writing", _WRITING)
        layer = self._layers.layer(name) or name
        share = start + (end - start) * (count - 1) / total
        return self._moment(f"C synthesis: {verb} {layer} ({count} of {total})", share * self._split)

    def _moment(self, phase: str, fraction: float) -> Moment:
        self._fraction = max(self._fraction, fraction)
        return Moment(phase, self._fraction)
