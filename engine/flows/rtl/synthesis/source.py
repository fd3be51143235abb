"""Verilog that is to be mapped."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """One text of Verilog; `name` is what messages call it, and need be no file's name."""

    name: str
    verilog: str


def write_sources(sources: Sequence[Source], folder: Path) -> list[str]:
    """Write each into a file of its own in `folder`; return the files' names, which are ours, not the user's."""
    names = [f"source{index}.v" for index in range(len(sources))]
    for name, source in zip(names, sources, strict=True):
        (folder / name).write_text(source.verilog, encoding="utf-8", newline="\n")
    return names


def with_names(text: str, sources: Sequence[Source]) -> str:
    """A message of Yosys that names files, with the sources' names in their places."""
    for index, source in reversed(list(enumerate(sources))):
        text = text.replace(f"source{index}.v", source.name)
    return text
