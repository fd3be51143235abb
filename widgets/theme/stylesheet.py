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
    """Value of `space.3`, `size.row`, `inner.row`, `radius.card`, `type.caption`, `asset.check` or a colour."""
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
        case "radius":
            return f"{theme.radius(name)}px"
        case "type":
            return f"{theme.text_px(name)}px"
        case "asset":
            return f'url("{_SEARCH_PATH}:{theme.mode}/{name}.svg")'
    raise KeyError(token)


def _inner(theme: Theme, name: str) -> int:
    """Height inside the border: a style sheet measures the content box, the tokens the outer one."""
    if name == "focused":
        return theme.size("control") - 2 * round(theme.stroke("focus"))
    return theme.size(name) - 2 * round(theme.stroke("hairline"))
