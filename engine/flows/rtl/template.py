"""Scripts for a user's own Python, as they lie in `resources/rtl`, with the facts of a design put in."""

import re
from collections.abc import Mapping
from pathlib import Path

import resources

_FOLDER = Path(resources.__file__).parent / "rtl"


def script_of(name: str, facts: Mapping[str, object]) -> str:
    """A script whose lines `NAME = ...` have the values of `facts`; comments behind them stay."""
    text = (_FOLDER / name).read_text(encoding="utf-8")
    for fact, value in facts.items():
        line = re.compile(rf"^{fact} = [^#\n]*?(?=\s*(#|$))", re.MULTILINE)
        # A replacement's backslashes are escapes.
        text = line.sub(f"{fact} = {value!r}".replace("\\", r"\\"), text, count=1)
    return text
