"""Colour arithmetic without Qt: hexadecimal parsing, WCAG contrast and mixing in OKLab."""

from typing import NamedTuple


class Rgba(NamedTuple):
    """A colour in sRGB, every channel 0 to 255."""

    red: int
    green: int
    blue: int
    alpha: int = 255


def parse_hex(text: str) -> Rgba:
    """Read `#RRGGBB` or `#RRGGBBAA` (alpha last, as in CSS; Qt would put it first)."""
    digits = text.removeprefix("#")
    if len(digits) not in (6, 8):
        raise ValueError(f"not a colour: {text!r}")
    return Rgba(*bytes.fromhex(digits))


def to_css(colour: Rgba) -> str:
    """Spell a colour for a style sheet."""
    if colour.alpha == 255:
        return "#{:02x}{:02x}{:02x}".format(*colour[:3])
    return "rgba({}, {}, {}, {})".format(*colour)


def contrast(first: Rgba, second: Rgba) -> float:
    """Contrast ratio of WCAG 2.2, 1 to 21."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def mix(start: Rgba, end: Rgba, share: float) -> Rgba:
    """Colour that lies `share` (0 to 1) of the way from `start` to `end` in OKLab."""
    a, b = _to_oklab(start), _to_oklab(end)
    lightness, green_red, blue_yellow = (x + (y - x) * share for x, y in zip(a, b, strict=True))
    return _from_oklab(lightness, green_red, blue_yellow)


def _luminance(colour: Rgba) -> float:
    red, green, blue = (_linear(channel) for channel in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _encoded(value: float) -> int:
    value = min(max(value, 0.0), 1.0)
    encoded = value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return round(encoded * 255)


# Matrices: Björn Ottosson, "A perceptual color space for image processing", 2020.
def _to_oklab(colour: Rgba) -> tuple[float, float, float]:
    red, green, blue = (_linear(channel) for channel in colour[:3])
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(lightness: float, green_red: float, blue_yellow: float) -> Rgba:
    long = (lightness + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    medium = (lightness - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (lightness - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    return Rgba(
        _encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )
