"""The theme: one immutable value that answers every question about colour, type, size and motion."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from PySide6.QtGui import QColor, QFont

from widgets.theme.colour import Rgba, mix
from widgets.theme.fonts import make_font
from widgets.theme.tokens import Mode, Shadow, Tokens, load_tokens

# Boxes that hold a line of text: they grow with it. Bars, rules and docks keep their size.
_GROWS_WITH_TEXT = frozenset(
    {
        *("menuBar", "toolbar", "statusBar", "dockHeader", "row", "rowComfort", "control", "button", "icon"),
        *("iconTile", "budgetRow", "budgetRowSmall", "hitTargetMin", "railCollapsed"),
    }
)
_TILE_MIX = 0.16


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of one mode, and type, sizes and motion at one text scale (1.0 is 100 %)."""

    mode: Mode
    tokens: Tokens
    colours: Mapping[str, Rgba]
    text_scale: float = 1.0
    reduced_motion: bool = False

    @property
    def is_dark(self) -> bool:
        """Whether text is lighter than its ground."""
        return self.mode == "dark"

    def rgba(self, name: str) -> Rgba:
        """Colour of a token as channels; KeyError names an unknown token."""
        return self.colours[name]

    def color(self, name: str) -> QColor:
        """Colour of a token, such as `bg.panel`, `kind.conv`, `tile.conv`, `resource.DSP`, `onFill.DSP`."""
        return QColor(*self.colours[name])

    def mixed(self, ground: str, colour: str, share: float) -> QColor:
        """Opaque tint: `share` (0 to 1) of the way from `ground` to `colour`, in OKLab."""
        return QColor(*mix(self.colours[ground], self.colours[colour], share))

    def heat_step(self, share: float) -> int:
        """Heat step, 0 to 4, of a layer that holds `share` (0 to 1) of the design's total."""
        return bisect_right(self.tokens.heat.bounds, share)

    def heat_scale(self, resource: str) -> tuple[QColor, ...]:
        """The five heat colours of a resource, weakest first."""
        return tuple(self.color(f"heat.{resource}.{step}") for step in range(len(self.tokens.heat.mix)))

    def resource_mark(self, resource: str) -> str:
        """Shape that stands for a resource: square, circle, triangle, diamond, pentagon or cross."""
        return self.tokens.resources[resource].mark

    def kind_icon(self, kind: str) -> str:
        """Icon name of a layer kind group, such as `conv` or `activation`."""
        return self.tokens.kinds[kind].icon

    def kind_label(self, kind: str) -> str:
        """Words for a layer kind group."""
        return self.tokens.kinds[kind].label

    def font(self, role: str = "body", weight: int | None = None) -> QFont:
        """Font of a type role (`body`, `caption`, `mono`...), with tabular figures; `weight` overrides."""
        spec = self.tokens.type_roles[role]
        families = self.tokens.mono_families if role.startswith("mono") else self.tokens.ui_families
        return make_font(families, role.startswith("mono"), self.text_px(role), weight or spec.weight)

    def text_px(self, role: str) -> int:
        """Font size of a type role in px, at the current text scale."""
        return round(self.tokens.type_roles[role].px * self.text_scale)

    def line(self, role: str) -> int:
        """Line height of a type role in px, at the current text scale."""
        return round(self.tokens.type_roles[role].line * self.text_scale)

    def size(self, name: str) -> int:
        """A single size in px; those that hold a line of text grow with the text scale."""
        value = self.tokens.sizes[name]
        if not isinstance(value, int):
            raise KeyError(f"{name} is a width and a height: ask for extent()")
        return round(value * self.text_scale) if name in _GROWS_WITH_TEXT else value

    def extent(self, name: str) -> tuple[int, int]:
        """Width and height in px at 100 % text scale, such as `nodeCard`."""
        value = self.tokens.sizes[name]
        if isinstance(value, int):
            raise KeyError(f"{name} is a single size: ask for size()")
        return value

    def space(self, step: int) -> int:
        """Spacing step 1 to 8: 2, 4, 8, 12, 16, 24, 32, 48 px."""
        return self.tokens.spaces[step]

    def radius(self, name: str) -> int:
        """Corner radius in px: `chip`, `control`, `card`, `popup` or `full`."""
        return self.tokens.radii[name]

    def stroke(self, name: str) -> float:
        """Line width in px, such as `hairline`, `edge` or `focus`."""
        return self.tokens.strokes[name]

    def shadow(self, name: str) -> Shadow:
        """Drop shadow of `node`, `nodeDrag` or `popup`; twice as dense on dark grounds."""
        shadow = self.tokens.shadows[name]
        if not self.is_dark:
            return shadow
        return replace(shadow, colour=shadow.colour._replace(alpha=min(shadow.colour.alpha * 2, 255)))


@cache
def make_theme(mode: Mode, text_scale: float = 1.0, reduced_motion: bool = False) -> Theme:
    """Build the theme of a mode; the same arguments give the same object."""
    tokens = load_tokens()
    return Theme(mode, tokens, _all_colours(mode, tokens), text_scale, reduced_motion)


def _all_colours(mode: Mode, tokens: Tokens) -> Mapping[str, Rgba]:
    colours = dict(tokens.colours[mode])
    node = colours["bg.node"]
    for name, kind in tokens.kinds.items():
        colours[f"kind.{name}"] = kind.colours[mode]
        colours[f"tile.{name}"] = mix(node, kind.colours[mode], _TILE_MIX)
    for name, resource in tokens.resources.items():
        colours[f"resource.{name}"] = resource.colours[mode]
        colours[f"onFill.{name}"] = resource.on_fill[mode]
        for step, share in enumerate(tokens.heat.mix):
            colours[f"heat.{name}.{step}"] = mix(node, resource.colours[mode], share)
    return colours
