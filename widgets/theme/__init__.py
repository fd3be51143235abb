"""Colours, type, sizes, motion and icons of the studio, light and dark.

theme.apply(app, theme.Scheme.SYSTEM)
theme.current().color("bg.panel")
theme.current().font("caption")
theme.icon("open")
theme.signals().changed.connect(self.update)
"""

from widgets.theme.colour import Rgba, contrast, mix
from widgets.theme.controller import Scheme, ThemeSignals, apply, current, signals
from widgets.theme.focus import focus_by_keyboard
from widgets.theme.icons import icon, icon_pixmap, kind_icon, kind_icon_name, paint_icon
from widgets.theme.model import Theme, make_theme
from widgets.theme.svg import icon_names
from widgets.theme.tokens import LayerKind, Mode, Shadow, Tokens, TypeRole, load_tokens

__all__ = [
    "LayerKind",
    "Mode",
    "Rgba",
    "Scheme",
    "Shadow",
    "Theme",
    "ThemeSignals",
    "Tokens",
    "TypeRole",
    "apply",
    "contrast",
    "current",
    "focus_by_keyboard",
    "icon",
    "icon_names",
    "icon_pixmap",
    "kind_icon",
    "kind_icon_name",
    "load_tokens",
    "make_theme",
    "mix",
    "paint_icon",
    "signals",
]
