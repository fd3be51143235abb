"""hls4ml configurations as people write them: hls4ml's own YAML, only its HLSConfig, or wrapped in a project's file.

Read with YAML's safe loader; keys count without regard to case and underscores (`ClockPeriod`, `clock_period`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from engine.design import DesignError

_LARGEST = 4_000_000


class ConfigError(DesignError):
    """A configuration that cannot be read or applied; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of the model, a class or a layer: types by role ('default': all others) and other settings."""

    types: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A configuration in one form. `target` has backend, part, board, clockperiod and iotype where they are given.

    `notes` lists what was not understood.
    """

    target: Mapping[str, Any]
    model: Entry
    classes: Mapping[str, Entry]
    layers: Mapping[str, Entry]
    notes: tuple[str, ...]

    @property
    def sets_layers(self) -> bool:
        """Whether it says anything of types and folding."""
        return bool(self.model.types or self.model.settings or self.classes or self.layers)


_TARGET = {
    "backend": "backend",
    "part": "part",
    "xilinxpart": "part",
    "fpgapart": "part",
    "clockperiod": "clockperiod",
    "iotype": "iotype",
    "board": "board",
    "boardname": "board",
}
_SETTINGS = {
    "reusefactor": "reuse_factor",
    "strategy": "strategy",
    "parallelizationfactor": "parallelization_factor",
    "convimplementation": "conv_implementation",
    "tablesize": "table_size",
    "implementation": "implementation",
    "skip": "skip",
}
_WRAPPERS = ("convert", "hlsconfig", "acceleratorconfig")
# Said in such files, and nothing that a design holds: names, folders, writing, builds, drivers.
_SILENT = frozenset(
    """outputdir projectname projectdir version stamp writerconfig clockuncertainty inputshapes outputshapes traceoutput
    trace tracing bramfactor flows optimizers skipoptimizers savedir interface driver platform inputtype outputtype
    precisioninput precisionoutput build buildit fifoopt fifooptjson eembcpower mergedrelu applypatches removesoftmax
    vivadopath modelfile tbdatadir xnpyvaldir ynpyvaldir xnpydir ynpydir technology fifo hyperopthandshake fpgafamily
    smarthlspath inputdata outputpredictions kerasmodel kerasjson kerash5 onnxmodel pytorchmodel inputshape
    channelslastconversion transposeoutputs maximumsize class_name""".split()  # noqa: SIM905
)


def read_config(text: str) -> ConfigFile:
    """Read a configuration. Raises ConfigError."""
    root = _mapping(_load(text), "the file")
    reader = _Reader()
    reader.read(root)
    return ConfigFile(reader.target, reader.model, reader.classes, reader.layers, tuple(reader.notes))


def plain(key: Any) -> str:
    """A key without case and underscores."""
    return re.sub(r"[_\s-]", "", str(key)).lower()


class _Reader:
    """Collects what nested sections say."""

    def __init__(self) -> None:
        self.target: dict[str, Any] = {}
        self.model = Entry()
        self.classes: dict[str, Entry] = {}
        self.layers: dict[str, Entry] = {}
        self.notes: list[str] = []

    def read(self, section: Mapping[Any, Any]) -> None:
        """One section: the file itself, or one of its wrappers."""
        own: dict[Any, Any] = {}
        for key, value in section.items():
            match plain(key):
                case name if name in _TARGET:
                    self.target[_TARGET[name]] = value
                case name if name in _WRAPPERS and isinstance(value, Mapping):
                    self.read(value)
                case "model":
                    self.model = _together(self.model, self._entry(_mapping(value, "Model"), "Model"))
                case "layername" | "override":
                    self._named(value, self.layers, str(key))
                case "layertype":
                    self._named(value, self.classes, str(key))
                case "hlsconfig":
                    self.notes.append(f"The layers' settings are in another file, {value}; apply it too.")
                case _:
                    own[key] = value
        self.model = _together(self.model, self._entry(own, "the file"))

    def _named(self, value: Any, entries: dict[str, Entry], place: str) -> None:
        for name, entry in _mapping(value, place).items():
            entries[str(name)] = self._entry(_mapping(entry, f"{place}.{name}"), f"{place}.{name}")

    def _entry(self, section: Mapping[Any, Any], place: str) -> Entry:
        types: dict[str, str] = {}
        settings: dict[str, Any] = {}
        for key, value in section.items():
            name = plain(key)
            if name == "precision":
                types |= _types(value, place)
            elif str(key).endswith("_t") and isinstance(value, str):
                types[str(key).removesuffix("_t")] = value
            elif name in _SETTINGS:
                settings[_SETTINGS[name]] = value
            elif name not in _SILENT and value not in (None, False, 0):
                self.notes.append(f"{place}: '{key}' has no counterpart here and was left out.")
        return Entry(types, settings)


def _types(value: Any, place: str) -> dict[str, str]:
    if isinstance(value, str):
        return {"default": value}
    found = _mapping(value, f"{place}.Precision")
    wrong = next((role for role, text in found.items() if not isinstance(text, str)), None)
    if wrong is not None and not isinstance(found[wrong], Mapping):
        raise ConfigError(f"{place}.Precision.{wrong}: a type is expected, not {found[wrong]!r}.")
    return {str(role): text for role, text in found.items() if isinstance(text, str)}


def _together(first: Entry, second: Entry) -> Entry:
    return Entry({**first.types, **second.types}, {**first.settings, **second.settings})


def _load(text: str) -> Any:
    if len(text) > _LARGEST:
        raise ConfigError(f"The configuration is larger than {_LARGEST // 1_000_000} MB, which none is.")
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ConfigError(f"The configuration is not YAML: {' '.join(str(error).split())}") from error
    except (RecursionError, ValueError) as error:
        raise ConfigError(f"The configuration cannot be read: {error}.") from error


def _mapping(value: Any, place: str) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise ConfigError(f"In {place}, keys with values are expected, not {str(value)[:60]!r}.")
    return value
