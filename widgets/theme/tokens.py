"""Design tokens as typed values, read once from `resources/themes/tokens.json`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import resources
from widgets.theme.colour import Rgba, parse_hex

Mode = Literal["light", "dark"]
MODES: tuple[Mode, Mode] = ("light", "dark")
Size = int | tuple[int, int]

THEMES = Path(resources.__path__[0]) / "themes"


@dataclass(frozen=True, slots=True)
class TypeRole:
    """A role of text: size and line height in px at 100 % text scale, weight 400 to 600."""

    px: int
    line: int
    weight: int


@dataclass(frozen=True, slots=True)
class LayerKind:
    """How a group of layers looks: colour per mode, icon name, label."""

    colours: Mapping[Mode, Rgba]
    icon: str
    label: str


@dataclass(frozen=True, slots=True)
class Resource:
    """How a board resource looks: colour per mode, mark, and the colour of text upon it."""

    colours: Mapping[Mode, Rgba]
    mark: str
    on_fill: Mapping[Mode, Rgba]


@dataclass(frozen=True, slots=True)
class Shadow:
    """A drop shadow: offset and blur in px, colour with alpha."""

    dx: int
    dy: int
    blur: int
    colour: Rgba


@dataclass(frozen=True, slots=True)
class Heat:
    """Bounds between the heat steps (share of the total, 0 to 1) and how far each step is mixed."""

    bounds: tuple[float, ...]
    mix: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour and size of the visual design, in logical px."""

    colours: Mapping[Mode, Mapping[str, Rgba]]
    kinds: Mapping[str, LayerKind]
    resources: Mapping[str, Resource]
    heat: Heat
    tiers: tuple[str, ...]
    type_roles: Mapping[str, TypeRole]
    spaces: Mapping[int, int]
    sizes: Mapping[str, Size]
    radii: Mapping[str, int]
    strokes: Mapping[str, float]
    shadows: Mapping[str, Shadow]
    ui_families: tuple[str, ...]
    mono_families: tuple[str, ...]


@cache
def load_tokens() -> Tokens:
    """Read the tokens that ship with the program."""
    return parse_tokens(json.loads((THEMES / "tokens.json").read_text(encoding="utf-8")))


def parse_tokens(data: Mapping[str, Any]) -> Tokens:
    """Turn the JSON of a token file into typed values; a missing part raises KeyError."""
    fonts = data["meta"]["fonts"]
    return Tokens(
        colours={mode: _colours(data["color"][mode]) for mode in MODES},
        kinds={name: LayerKind(_by_mode(raw), raw["icon"], raw["label"]) for name, raw in data["layerKind"].items()},
        resources=_resources(data),
        heat=Heat(tuple(data["heat"]["steps"]), tuple(data["heat"]["mix"])),
        tiers=tuple(data["tier"]["order"]),
        type_roles={name: TypeRole(**raw) for name, raw in data["type"].items() if isinstance(raw, dict)},
        spaces={int(step): px for step, px in data["space"].items()},
        sizes={name: tuple(raw) if isinstance(raw, list) else raw for name, raw in data["size"].items()},
        radii=dict(data["radius"]),
        strokes=dict(data["stroke"]),
        shadows={name: _shadow(raw) for name, raw in data["shadow"].items() if "#" in raw},
        ui_families=tuple(fonts["ui"]),
        mono_families=tuple(fonts["mono"]),
    )


def _colours(raw: Mapping[str, str]) -> Mapping[str, Rgba]:
    return {name: parse_hex(text) for name, text in raw.items()}


def _by_mode(raw: Mapping[str, str]) -> Mapping[Mode, Rgba]:
    return {mode: parse_hex(raw[mode]) for mode in MODES}


def _resources(data: Mapping[str, Any]) -> Mapping[str, Resource]:
    found = {name: _resource(name, raw, data["onFill"]) for name, raw in data["resource"].items()}
    # Boards count BRAM18; one colour serves the half and the whole block.
    return found | {"BRAM18": found["BRAM"]}


def _resource(name: str, raw: Mapping[str, str], on_fill: Mapping[str, Mapping[str, str]]) -> Resource:
    return Resource(_by_mode(raw), raw["mark"], {mode: parse_hex(on_fill[mode][name]) for mode in MODES})


def _shadow(text: str) -> Shadow:
    dx, dy, blur, colour = text.split()
    return Shadow(int(dx), int(dy), int(blur), parse_hex(colour))
