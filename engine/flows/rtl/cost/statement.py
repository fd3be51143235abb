"""One statement of a module's Verilog: what it declares, and what it assigns.

Statements come again in most modules, so what was found in one is kept.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_KEPT = 8192
_DECLARED = re.compile(
    r"(?:^|\s|,|\()(@block\s+)?(reg|wire|input|output)\s+(?:reg\s+|wire\s+)?(?:signed\s+)?(?:\[([^\]:]+):0\]\s*)?"
    r"(\w+(?:\s*\[0:[^\]]+\])?(?:\s*,\s*\w+(?:\s*\[0:[^\]]+\])?)*)\s*(?==|$|,\s*(?:input|output)|\))"
)
_KINDS = ("reg", "wire", "input", "output")
_NAME = re.compile(r"(\w+)(?:\s*\[0:([^\]]+)\])?")
_CALL = re.compile(r"\b(\w+)\(")
_ASSIGNED = re.compile(r"\b(\w++)\s*+(\[[^\]]*\])?\s*+(?:<=|(?<![=<>!])=(?!=))\s*(.*)$", re.DOTALL)
_INDEX = re.compile(r"\[[^\[\]]*\]")
_LITERAL = re.compile(r"-?\d+'s?[dhb][0-9a-f]+|\b\d+\b")
_ZERO = re.compile(r"[?:]\s*\d+'s?d0\b")
_CHOICE = re.compile(r"(\w+)\[\(?([a-z_]\w*)\s*\*[^\]:]*\+:\s*(\d+)\]")
_COMPARED = re.compile(r"(?<!\w)(\w*+)\s*+\)?\s*+(?:==|!=|<(?![<=])|>(?![>=])|>=)")
_COMPARES = re.compile("[=<>]")
_SHIFT = re.compile(r"<<<|>>>|<<|>>")
_PRODUCT = re.compile(r"([A-Za-z_]\w*)\s*\*\s*(\w+)")
_NODE = re.compile(r"n\d+_")
"""What adders of constants are called."""
_PART = re.compile(r"\+:\s*(\d+)|(\d+):(\d+)")


class Declared(NamedTuple):
    """A variable, or a memory of `words`; `is_block`: whether it is marked for block RAM."""

    name: str
    bits: int
    words: int
    is_register: bool
    is_block: bool


class Assigned(NamedTuple):
    """What is on the right of an assignment to `bits` of a variable, 0 for all of them."""

    name: str
    bits: int
    calls: tuple[str, ...]
    """Functions."""
    choices: tuple[tuple[str, int], ...]
    """A variable, and how many of its bits a variable index chooses."""
    products: tuple[tuple[str, str, bool], ...]
    """Two factors, and whether the second is a weight."""
    adders: int
    selectors: int
    zeroed: int
    """Selectors of zero."""
    compared: tuple[str, ...]
    is_node: bool
    """Whether it is an adder of constants."""
    is_product: bool
    """Whether it says that a sum of products has one alone."""
    is_aligned: bool
    """Whether that is what is added to the sum."""


@lru_cache(maxsize=_KEPT)
def declarations(statement: str) -> tuple[Declared, ...]:
    """All variables and memories of a statement."""
    found = list[Declared]()
    if not any(kind in statement for kind in _KINDS):
        return ()
    for block, kind, high, names in _DECLARED.findall(statement):
        bits = _whole(high) + 1 if high else 1
        for name, last in _NAME.findall(names):
            words = _whole(last) + 1 if last else 0
            found.append(Declared(name, bits, words, kind == "reg", bool(block)))
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def assignment(statement: str) -> Assigned | None:
    """The first one of a statement, if there is one that costs."""
    match = _ASSIGNED.search(statement) if "=" in statement else None
    if match is None:
        return None
    name, part, expression = match.groups()
    # Looking for a sign first: most have few, and patterns take long.
    whole = _INDEX.sub("", _INDEX.sub("", expression)) if "[" in expression else expression
    plain = _LITERAL.sub("0", whole) if "'" in whole else whole
    times = "*" in expression
    found = Assigned(
        name,
        _part_bits(part),
        tuple(_CALL.findall(expression)) if "(" in expression else (),
        tuple(_choices(expression)) if times else (),
        tuple(_products(whole)) if times else (),
        plain.count("+") + plain.count("-"),
        plain.count("?"),
        len(_ZERO.findall(whole)) if "?" in whole else 0,
        tuple(_COMPARED.findall(_SHIFT.sub("", plain))) if _COMPARES.search(plain) else (),
        bool(_NODE.match(name)),
        (name, expression) == ("part", "product0"),
        (name, expression) == ("aligned", "part"),
    )
    return found if any(found[2:]) else None


def _choices(expression: str) -> Iterator[tuple[str, int]]:
    """But for what a loop of `generate` counts."""
    for source, index, bits in _CHOICE.findall(expression):
        if not index.startswith(("row", "lane")):
            yield source, int(bits)


def _products(expression: str) -> Iterator[tuple[str, str, bool]]:
    for left, right in _PRODUCT.findall(expression):
        yield left, right, right.startswith("weight")


def _part_bits(part: str) -> int:
    """Bits of a part of a variable; 0 where all of it is meant, 1 for one bit."""
    if not part:
        return 0
    found = _PART.search(part)
    if found is None:
        return 1
    return int(found[1]) if found[1] else int(found[2]) - int(found[3]) + 1


def _whole(expression: str) -> int:
    """A whole number of constants, sums and products, as the shared modules write widths."""
    total = 0
    for sign, term in re.findall(r"([+-]?)((?:\([^)]*\)|\d+|\*)+)", expression.replace(" ", "")):
        product = 1
        for factor in re.findall(r"\(([^)]*)\)|(\d+)", term):
            product *= _whole(factor[0]) if factor[0] else int(factor[1])
        total += -product if sign == "-" else product
    return total
