"""Fonts of the design: families in order of preference, tabular figures."""

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase


def make_font(families: tuple[str, ...], mono: bool, px: int, weight: int) -> QFont:
    """Font of the first family present, else the system's; `px` is the height in logical pixels."""
    return QFont(_cached(families, mono, px, weight))


@lru_cache(maxsize=64)
def _cached(families: tuple[str, ...], mono: bool, px: int, weight: int) -> QFont:
    font = QFont([*families, _system_family(mono)])
    font.setStyleHint(QFont.StyleHint.Monospace if mono else QFont.StyleHint.SansSerif)
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _system_family(mono: bool) -> str:
    kind = QFontDatabase.SystemFont.FixedFont if mono else QFontDatabase.SystemFont.GeneralFont
    return QFontDatabase.systemFont(kind).family()
