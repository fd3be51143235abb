"""Glyphs that the style sheet can only take from files; run `python -m widgets.theme.assets` to redraw them."""

from widgets.theme.model import make_theme
from widgets.theme.svg import recoloured
from widgets.theme.tokens import MODES, THEMES, Mode

# File name -> icon and colour token.
ASSETS = {
    "chevron-down": ("chevron-down", "text.secondary"),
    "chevron-down-off": ("chevron-down", "text.disabled"),
    "chevron-up": ("chevron-up", "text.secondary"),
    "chevron-up-off": ("chevron-up", "text.disabled"),
    "chevron-right": ("chevron-right", "text.secondary"),
    "chevron-left": ("chevron-left", "text.secondary"),
    "chevron-right-off": ("chevron-right", "text.disabled"),
    "more": ("more", "text.secondary"),
    "close": ("close", "text.secondary"),
    "check": ("check", "accent.on"),
    "check-off": ("check", "text.disabled"),
    "check-menu": ("check", "accent"),
    "partial": ("minus", "accent.on"),
    "partial-off": ("minus", "text.disabled"),
    "radio": ("dot", "accent.on"),
    "radio-off": ("dot", "text.disabled"),
}


def draw_assets(mode: Mode) -> dict[str, str]:
    """File name -> SVG text of every glyph in the colours of a mode."""
    theme = make_theme(mode)
    on_colour = theme.rgba("accent.on")
    return {name: recoloured(icon, theme.rgba(token), on_colour) for name, (icon, token) in ASSETS.items()}


def write_assets() -> None:
    """Redraw the files beside the style sheet, after tokens or icons have changed."""
    for mode in MODES:
        folder = THEMES / mode
        folder.mkdir(exist_ok=True)
        for name, text in draw_assets(mode).items():
            (folder / f"{name}.svg").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_assets()
