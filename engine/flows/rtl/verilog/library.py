"""Small modules that every design shares, as they lie in `resources/rtl`."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import resources

_FOLDER = Path(resources.__file__).parent / "rtl"


@cache
def library_module(name: str) -> str:
    """The text of one shared module."""
    return (_FOLDER / f"{name}.v").read_text(encoding="utf-8")


def with_library(text: str, names: Iterable[str]) -> str:
    """A module together with the shared ones that it uses: a file that needs no other."""
    return "\n".join([*(library_module(name) for name in sorted(set(names))), text])
