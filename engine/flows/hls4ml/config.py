"""hls4ml's configuration from a design, and a design's settings from a configuration."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from engine.boards import Board, UnknownBoardError, all_boards, board
from engine.design import EMPTY, Design, Origin, Settings, Target, Value
from engine.flows.hls4ml.attributes import attributes
from engine.flows.hls4ml.backends import BACKENDS
from engine.flows.hls4ml.config_file import ConfigError, ConfigFile, Entry, read_config
from engine.flows.hls4ml.layer_config import DEFAULT_PRECISION, layer_config, model_config, type_text
from engine.flows.hls4ml.names import identifiers
from engine.flows.hls4ml.project import project_config
from engine.flows.hls4ml.roles import TABLES, chosen_type, roles
from engine.network import Layer
from engine.precision import Precision, PrecisionError, parse

__all__ = ["Applied", "ConfigError", "apply_config", "config_text", "config_yaml"]

_INHERITED = ("weight", "bias", "accum", "result")
"""Types that a design's defaults can hold for all layers."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A design with a configuration's settings, and what of the configuration could not be applied."""

    design: Design
    notes: tuple[str, ...]


def config_yaml(design: Design, folder: Path | None = None) -> str:
    """The YAML that hls4ml's `convert_from_config` and our `apply_config` read; types nobody chose are `auto`.

    Raises ConversionError for a flow that is not hls4ml's.
    """
    names = identifiers(design.network.order)
    layers = {names[name]: layer_config(design, name) for name in design.network.order}
    config = project_config(design, folder or Path("my-hls-project"))
    config["HLSConfig"] = {"Model": model_config(design), "LayerName": layers}
    return yaml.safe_dump(config, sort_keys=False)


def config_text(path: Path) -> str:
    """The text of a configuration's file. Raises ConfigError for what is no text, OSError."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path.name} is not a text file; an hls4ml configuration is YAML.") from error


def apply_config(design: Design, text: str) -> Applied:
    """Set what a configuration says, as one edit: it replaces all settings of layers, kinds and defaults.

    Layers and keys that do not exist here are listed in `notes`. Raises ConfigError for text that is no
    configuration, and for types and values that cannot be.
    """
    config = read_config(text)
    notes = list(config.notes)
    design = replace(design, target=_target(design.target, config.target, notes))
    if not config.sets_layers:
        return Applied(design, tuple(notes))
    design = replace(design, defaults=_defaults(config), kinds=(), layers=())
    found = []
    for layer, entry in _entries(design, config, notes):
        settings = _layer_settings(design, layer, entry, config)
        if settings:
            found.append((layer.name, settings))
    return Applied(replace(design, layers=tuple(sorted(found))), tuple(notes))


def _target(target: Target, wanted: Mapping[str, Any], notes: list[str]) -> Target:
    flow = _flow(wanted.get("backend"), notes) or target.flow
    clock, io_type = wanted.get("clockperiod", target.clock_ns), wanted.get("iotype", target.io_type)
    if isinstance(clock, bool) or not isinstance(clock, int | float):
        raise ConfigError(f"ClockPeriod: a number of nanoseconds is expected, not {clock!r}.")
    return Target(_board(target.board, wanted, notes), float(clock), flow, str(io_type))


def _flow(backend: Any, notes: list[str]) -> str | None:
    if backend is None:
        return None
    found = next((each.flow for each in BACKENDS.values() if each.name.lower() == str(backend).lower()), None)
    if found is None:
        notes.append(f"The back end '{backend}' is not one of {', '.join(each.name for each in BACKENDS.values())}.")
    return found


def _board(present: Board, wanted: Mapping[str, Any], notes: list[str]) -> Board:
    if "board" in wanted:
        try:
            return board(str(wanted["board"]))
        except UnknownBoardError as error:
            notes.append(str(error))
    part = str(wanted.get("part", present.part))
    if part.lower() == present.part.lower():
        return present
    found = next((each for each in all_boards() if each.part.lower() == part.lower()), None)
    if found is None:
        notes.append(f"No board with the part {part} is known; the design stays on {present.name}.")
    return found or present


def _defaults(config: ConfigFile) -> Settings:
    """hls4ml's `Model`. Its type holds for all that no layer says, unless layers leave types to be worked out."""
    found: dict[str, Value] = {}
    default = config.model.types.get("default")
    if default is not None:
        type_ = _parsed(default, "Model.Precision")
        if str(type_) != DEFAULT_PRECISION:
            found["precision"] = type_
        if not _infers(config):
            found |= dict.fromkeys(_INHERITED, type_)
    for key, value in config.model.settings.items():
        checked = _checked(key, value, "Model")
        if checked != {"reuse_factor": 1, "strategy": "latency"}.get(key):
            found[key] = checked
    return Settings(tuple(sorted(found.items())))


def _infers(config: ConfigFile) -> bool:
    entries = (*config.layers.values(), *config.classes.values())
    return any(text.strip().lower() == "auto" for entry in entries for text in entry.types.values())


def _entries(design: Design, config: ConfigFile, notes: list[str]) -> list[tuple[Layer, Entry]]:
    """Each layer with what is said of its class, overruled by what is said of itself."""
    own = {identifier.lower(): name for name, identifier in identifiers(design.network.order).items()}
    own |= {name.lower(): name for name in design.network.order}
    named = {own[name.lower()]: entry for name, entry in config.layers.items() if name.lower() in own}
    unknown = [name for name in config.layers if name.lower() not in own]
    if unknown:
        notes.append(f"There are no layers {', '.join(unknown)} here; what is said of them was left out.")
    classes = {name.lower(): entry for name, entry in config.classes.items()}
    used: set[str] = set()
    found = []
    for name in design.network.order:
        layer = design.network[name]
        wishes = [each for each in _classes(design, layer) if each in classes]
        used.update(wishes)
        general = classes[wishes[0]] if wishes else Entry()
        special = named.get(name, Entry())
        merged = Entry({**general.types, **special.types}, {**general.settings, **special.settings})
        found.append((layer, merged))
    notes.extend(f"There is no layer of the class '{name}'." for name in config.classes if name.lower() not in used)
    return found


def _classes(design: Design, layer: Layer) -> tuple[str, ...]:
    """hls4ml's class name of a layer, plain and as QKeras's, in lower case."""
    shapes, output = design.network.input_shapes(layer.name), design.network.shapes[layer.name]
    if shapes is None or output is None:
        return ()
    name = str(attributes(layer.op, shapes, output)["class_name"]).lower()
    return name, f"q{name}"


def _layer_settings(design: Design, layer: Layer, entry: Entry, config: ConfigFile) -> Settings:
    """What must be set on the layer so that it has what the entry says, beyond what it inherits."""
    place = f"LayerName.{layer.name}"
    wanted = {role: _wanted_type(role, entry, config, place) for role in (*roles(layer), *_tables(entry))}
    found: dict[str, Value] = {}
    for role, type_ in wanted.items():
        inherited = chosen_type(design.choices(layer.name), role)
        said = role in entry.types or "default" in entry.types
        # Where the file says nothing, the quantiser that the model was trained with stays in force.
        by_model = inherited is not None and inherited.origin is Origin.MODEL and not said
        if type_ is not None and not by_model and type_ != parse(type_text(design, layer.name, role)):
            found[role] = type_
    for key, value in entry.settings.items():
        checked = _checked(key, value, place)
        if checked != _inherited_setting(design, key):
            found[key] = checked
    return Settings(tuple(sorted(found.items()))) if found else EMPTY


def _tables(entry: Entry) -> list[str]:
    return [role for role in TABLES if role in entry.types]


def _wanted_type(role: str, entry: Entry, config: ConfigFile, place: str) -> Precision | None:
    """The type that hls4ml would take; None where the converter's own default holds."""
    text = entry.types.get(role, entry.types.get("default"))
    if text is not None:
        return _parsed(text, f"{place}.{role}")
    default = config.model.types.get("default") if role not in TABLES else None
    return _parsed(default, "Model.Precision") if default is not None else None


def _inherited_setting(design: Design, key: str) -> Value | None:
    standard: dict[str, Value] = {"reuse_factor": 1, "strategy": "latency"}
    found = design.defaults.get(key)
    return standard.get(key) if found is None else found


def _parsed(text: str, place: str) -> Precision:
    try:
        return parse(text)
    except PrecisionError as error:
        raise ConfigError(f"{place}: {error}") from error


def _checked(key: str, value: Any, place: str) -> Value:
    """A setting as a design holds it."""
    if key in ("reuse_factor", "parallelization_factor", "table_size"):
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ConfigError(f"{place}: {key.replace('_', ' ')} is {value!r}; a whole number from 1 on is expected.")
        return value
    if key == "skip":
        return bool(value)
    word = str(value)
    return _snake(word) if key == "strategy" else word.lower()


def _snake(word: str) -> str:
    """`ResourceUnrolled` → `resource_unrolled`."""
    return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(word)).replace("__", "_")
