"""Finding entries by what people type: words in any order, the start of a word first."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette. `off` says why it cannot be run now."""

    id: str
    title: str
    group: str
    detail: str = ""
    icon: str = ""
    shortcut: str = ""
    off: str = ""


def matches(entries: tuple[Entry, ...], text: str) -> tuple[Entry, ...]:
    """Entries that hold every word of the text, best first, kept together by group."""
    words = text.lower().split()
    scored = [(_score(entry, words), entry) for entry in entries]
    found = [(score, entry) for score, entry in scored if score > 0]
    best: dict[str, float] = {}
    for score, entry in found:
        best[entry.group] = max(score, best.get(entry.group, 0))
    order = {entry.group: place for place, entry in reversed(list(enumerate(entries)))}
    found.sort(key=lambda pair: (-best[pair[1].group], order[pair[1].group], -pair[0]))
    return tuple(entry for _, entry in found)


def _score(entry: Entry, words: list[str]) -> float:
    title, detail = entry.title.lower(), entry.detail.lower()
    score = 1.0
    for word in words:
        if title.startswith(word):
            score += 4
        elif f" {word}" in title:
            score += 3
        elif word in title:
            score += 2
        elif word in detail or word in entry.group.lower():
            score += 1
        else:
            return 0
    return score - (0.5 if entry.off else 0)


def marked_spans(title: str, text: str) -> list[tuple[int, int]]:
    """Where in a title the typed words stand, as (start, length)."""
    spans = []
    for word in text.lower().split():
        start = title.lower().find(word)
        if start >= 0:
            spans.append((start, len(word)))
    return sorted(spans)
