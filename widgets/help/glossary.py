"""The terms of the trade, each explained in two sentences at hand wherever it appears."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Term:
    """A word and its explanation."""

    id: str
    title: str
    text: str


def term(key: str) -> Term | None:
    """The entry for a setting, quantity or term, or None."""
    return _by_key().get(key)


def terms() -> tuple[Term, ...]:
    """All entries, in alphabetical order."""
    return tuple(sorted(set(_by_key().values()), key=lambda entry: entry.title.lower()))


def tool_tip(key: str) -> str:
    """Title and explanation for a tooltip; '' where there is no entry."""
    entry = term(key)
    return f"<b>{entry.title}</b><br>{entry.text}" if entry else ""


@cache
def _by_key() -> dict[str, Term]:
    data = tomllib.loads((files("resources") / "help" / "glossary.toml").read_text(encoding="utf-8"))
    entries: dict[str, Term] = {}
    for name, entry in data.items():
        for key in (name, *entry["keys"]):
            entries[key] = Term(name, entry["title"], entry["text"])
    return entries
