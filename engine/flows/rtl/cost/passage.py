"""Passages of a module's Verilog, between empty lines: each is taken apart once, as an edit changes few of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from engine.flows.rtl.cost.statement import Assigned, Declared, assignment, declarations

_COMMENT = re.compile(r"//[^\n]*")
_CONTENTS = re.compile(r"initial begin\b(.*?)\bend\b", re.DOTALL)
_PLACE = re.compile(r"^\s*(\w+)\[", re.MULTILINE)
_WEIGHTS = re.compile(r"weight_rom\[\d+\] = (\d+)'h([0-9a-f]+);")
_DEPTH = re.compile(r"weight_rom \[0:(\d+)\]")
_BLOCK = '(* rom_style = "block" *)'
_ATTRIBUTE = re.compile(r"\(\*.*?\*\)")
_LOOP = re.compile(r"for \((\w+) = 0; \1 < (\d+); \1 = \1 \+ 1\) begin")
_FUNCTION = re.compile(r"function (?:signed )?(?:\[(\d+):0\] )?(\w+)\s*\((.*?)\);(.*?)endfunction", re.DOTALL)
_INSTANCE = re.compile(r"^\s*(\w+) #\((.*?)\) \w+ \(", re.MULTILINE | re.DOTALL)
# Words are looked at from behind: a pattern that begins with a letter is found ten times as fast.
_TOKENS = re.compile(r"(;|begin\b(?<!\wbegin)|end\b(?<!\wend))")
_OPENED = re.compile(r"begin\b(?<!\wbegin)|function\b(?<!\wfunction)")
_CLOSED = re.compile(r"end\b(?<!\wend)|endfunction\b")


class Statement(NamedTuple):
    """What a statement declares and assigns, and how often it is there: as often as the loops around it count."""

    times: int
    declared: tuple[Declared, ...]
    assigned: Assigned | None


class Function(NamedTuple):
    """A function of so many bits: what its arguments declare, and its statements."""

    name: str
    bits: int
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """All of it that costs. `weights` are words of a ROM with their bits, of which it has `depth`."""

    shared: tuple[tuple[str, str], ...]
    """Shared modules, with their parameters."""
    weights: tuple[tuple[int, int], ...]
    depth: int
    fixed: frozenset[str]
    """Memories with contents."""
    functions: tuple[Function, ...]
    statements: tuple[Statement, ...]


def passages(text: str) -> Iterator[Passage]:
    """In order; what belongs together stays together."""
    before = ""
    for part in text.split("\n\n"):
        before = f"{before}\n\n{part}" if before else part
        if not _open(before):
            yield _passage(before)
            before = ""
    if before:
        yield _passage(before)


@lru_cache(maxsize=1024)
def _open(text: str) -> int:
    """Blocks and functions that begin in a text and do not end there."""
    text = _COMMENT.sub("", text)
    return len(_OPENED.findall(text)) - len(_CLOSED.findall(text))


@lru_cache(maxsize=1024)
def _passage(text: str) -> Passage:
    shared = tuple(_INSTANCE.findall(text)) if "#(" in text else ()
    text = _COMMENT.sub("", text).replace(_BLOCK, "@block ")
    text = _LOOP.sub(r"@for \2 begin", _ATTRIBUTE.sub("", text))
    depth = _DEPTH.search(text)
    fixed = frozenset(name for part in _CONTENTS.findall(text) for name in _PLACE.findall(part))
    code = _CONTENTS.sub("", text)
    return Passage(
        shared,
        tuple((int(bits), int(word, 16)) for bits, word in _WEIGHTS.findall(text)),
        int(depth[1]) + 1 if depth else 0,
        fixed,
        tuple(_function(*found) for found in _FUNCTION.findall(code)),
        tuple(_statements(_FUNCTION.sub("", code))),
    )


def _function(high: str, name: str, arguments: str, body: str) -> Function:
    declared = Statement(1, declarations(arguments), None)
    return Function(name, int(high or 0) + 1, (declared, *_statements(body)))


def _statements(text: str) -> Iterator[Statement]:
    for statement, times in _split(text):
        declared, assigned = declarations(statement), assignment(statement)
        if declared or assigned:
            yield Statement(times, declared, assigned)


def _split(text: str) -> Iterator[tuple[str, int]]:
    stack, statement = [1], ""
    for token in _TOKENS.split(text):
        if token == "begin":
            looped = re.search(r"@for (\d+)\s*$", statement)
            stack.append(stack[-1] * (int(looped[1]) if looped else 1))
        elif token == "end" and len(stack) > 1:
            stack.pop()
        elif token == ";":
            yield statement.strip(), stack[-1]
            statement = ""
        else:
            statement = f"{statement} {token}" if statement and not token.strip().startswith(":") else token
