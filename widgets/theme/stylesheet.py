"""The style sheet: the `.qss` files of `resources/themes` with `@token` replaced by values."""

import re
from functools import cache

from PySide6.QtCore import QDir

from widgets.theme.colour import to_css
from widgets.theme.model import Theme
from widgets.theme.tokens import THEMES

_TOKEN = re.compile(r"@([A-Za-z][\w-]*(?:\.[\w-]+)*)")
_SEARCH_PATH = "theme"


def build_style_sheet(theme: Theme) -> str:
    """Style sheet of a theme; an unknown token in a file raises KeyError."""
    QDir.setSearchPaths(_SEARCH_PATH, [str(THEMES)])
    return _TOKEN.sub(lambda match: _value(theme, match[1]), _source())


@cache
def _source() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(THEMES.glob("*.qss")))


def _value(theme: Theme, token: str) -> str:
    """Value of a colour token or of a measure.

    Measures: `space.3`, `size.row`, `inner.row` (without a 1 px border), `px.12` (grows with the text), `radius.card`,
    `circle.14.1` (corner radius that makes a disc of a box 14 px wide with a 1 px border), `type.caption`,
    `families.mono`, `asset.check`.
    """
    if token in theme.colours:
        return to_css(theme.colours[token])
    family, _, name = token.partition(".")
    match family:
        case "space":
            return f"{theme.space(int(name))}px"
        case "size":
            return f"{theme.size(name)}px"
        case "inner":
            return f"{_inner(theme, name)}px"
        case "px":
            return f"{round(int(name) * theme.text_scale)}px"
        case "circle":
            inner, _, border = name.partition(".")
            return f"{(round(int(inner) * theme.text_scale) + 2 * int(border)) // 2}px"
        case "radius":
            return f"{theme.radius(name)}px"
        case "type":
            return f"{theme.text_px(name)}px"
        case "families":
            return ", ".join(f'"{family}"' for family in theme.font(name).families())
        case "asset":
            return f'url("{_SEARCH_PATH}:{theme.mode}/{name}.svg")'
    raise KeyError(token)


def _inner(theme: Theme, name: str) -> int:
    """Height inside the border: a style sheet measures the content box, the tokens the outer one."""
    if name == "focused":
        return theme.size("control") - 2 * round(theme.stroke("focus"))
    return theme.size(name) - 2 * round(theme.stroke("hairline"))
