"""The drawings of `resources/icons`, recoloured."""

from functools import cache
from pathlib import Path

import resources
from widgets.theme.colour import Rgba, to_css

ICONS = Path(resources.__path__[0]) / "icons"


@cache
def icon_names() -> tuple[str, ...]:
    """Names of all icons, sorted."""
    return tuple(sorted(path.stem for path in ICONS.glob("*.svg")))


@cache
def _drawing(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text(encoding="utf-8")


def recoloured(name: str, colour: Rgba, on_colour: Rgba) -> str:
    """SVG text of an icon: `currentColor` becomes `colour`, `contrastColor` what lies upon it."""
    text = _drawing(name).replace("currentColor", to_css(colour._replace(alpha=255)))
    return text.replace("contrastColor", to_css(on_colour._replace(alpha=255)))
