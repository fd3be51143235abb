"""Which layer a module of a report belongs to: hls4ml numbers its layers, and templates carry that number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.flows.hls4ml.reports.report import Report

_CONFIG = re.compile(r"config(\d{1,6})(?!\d)", re.ASCII)
_STREAM = re.compile(r"layer(\d{1,6})_", re.ASCII)
_CALL = re.compile(r"\s*nnet::(\w+)<([^<>]*)>\s*\(([^()]*)\);\s*//\s*(\w+)\s*", re.ASCII)
_LARGEST = 16_000_000


@dataclass(frozen=True, slots=True)
class LayerIndex:
    """Layers by number, and by function where only one layer is built with it.

    Some functions are no templates of a configuration, e.g. `clone_stream`: a module of theirs can be told
    apart only if there is one.
    """

    by_number: Mapping[int, str] = field(default_factory=dict)
    by_function: Mapping[str, str] = field(default_factory=dict)

    def layer(self, module: str) -> str:
        """The layer of a module, a kernel or a FIFO; '' if it cannot be told."""
        numbers = _numbers(module)
        return self.by_number.get(numbers[-1], "") if numbers else self.by_function.get(self._function(module), "")

    def knows_none_of(self, report: Report) -> bool:
        """Whether a report's modules carry hls4ml's numbers, and none of them is known here."""
        numbers = [number for module in report.modules for number in _numbers(module.name)]
        return bool(numbers) and not any(number in self.by_number for number in numbers)

    def renamed(self, names: Mapping[str, str]) -> "LayerIndex":
        """The same with other names for layers; those without one keep theirs."""
        return LayerIndex(
            {number: names.get(name, name) for number, name in self.by_number.items()},
            {function: names.get(name, name) for function, name in self.by_function.items()},
        )

    def assign(self, report: Report) -> Report:
        """The report with each module's layer filled in; modules that share an unnumbered function stay open."""
        functions = [self._function(module.name) for module in report.modules]
        modules = tuple(
            replace(module, layer="" if function and functions.count(function) > 1 else self.layer(module.name))
            for module, function in zip(report.modules, functions, strict=True)
        )
        return replace(report, modules=modules)

    def _function(self, module: str) -> str:
        """The unnumbered function that a module is one of, or ''."""
        if _numbers(module):
            return ""
        found = [name for name in self.by_function if re.match(rf"{re.escape(name)}(_|<|\d|$)", module)]
        return max(found, key=len, default="")


def project_layers(folder: Path, project: str) -> LayerIndex:
    """The layers of a generated hls4ml project, by the names in its top function; empty if that is not readable.

    hls4ml's AMD back ends write each layer's name behind its call.
    """
    try:
        text = (folder / "firmware" / f"{project}.cpp").read_text("utf-8", errors="replace")[:_LARGEST]
    except OSError:
        return LayerIndex()
    calls = [found.groups() for line in text.splitlines() if (found := _CALL.fullmatch(line))]
    functions = [function for function, *_ in calls]
    by_number = {
        int(numbers[-1]): layer
        for _, template, arguments, layer in calls
        if (numbers := _CONFIG.findall(template) or _STREAM.findall(arguments))
    }
    unnumbered = {function: layer for function, template, _, layer in calls if not _CONFIG.search(template)}
    by_function = {function: layer for function, layer in unnumbered.items() if functions.count(function) == 1}
    return LayerIndex(by_number, by_function)


def _numbers(module: str) -> list[int]:
    """hls4ml's numbers in a name: of configurations, else of the stream it begins with."""
    return [int(number) for number in _CONFIG.findall(module) or _STREAM.findall(module)[:1]]
