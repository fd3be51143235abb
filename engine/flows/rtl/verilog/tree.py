"""Trees of adders, with a register behind every second level."""

from dataclasses import dataclass

_LEVELS = 2
"""Levels of adders from one register to the next."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The text of a tree, the variable with its sum, and how many registers lie on the way."""

    text: str
    sum: str
    registers: int


def adder_tree(terms: list[str], bits: int, enable: str) -> Tree:
    """Sums of signed variables in `bits` bits; registers move with `enable`."""
    lines: list[str] = []
    level = registers = 0
    while len(terms) > 1:
        level += 1
        registered = level % _LEVELS == 0
        registers += registered
        terms = [_added(pair, f"sum{level}_{place}", bits, registered, enable, lines) for place, pair in _pairs(terms)]
    return Tree("\n".join(lines), terms[0], registers)


def _pairs(terms: list[str]) -> list[tuple[int, list[str]]]:
    return [(place, terms[2 * place : 2 * place + 2]) for place in range((len(terms) + 1) // 2)]


def _added(pair: list[str], name: str, bits: int, registered: bool, enable: str, lines: list[str]) -> str:
    total = " + ".join(pair)
    if registered:
        lines.append(f"reg signed [{bits - 1}:0] {name}; always @(posedge clk) if ({enable}) {name} <= {total};")
    elif len(pair) == 1:
        return pair[0]
    else:
        lines.append(f"wire signed [{bits - 1}:0] {name} = {total};")
    return name
