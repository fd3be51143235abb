"""Trees of adders, with a register behind every second level."""

from dataclasses import dataclass

from engine.flows.rtl.verilog.repeated import repeated

_LEVELS = 2
"""Levels of adders from one register to the next."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The text of a tree, the variable with its sum, and how many registers lie on the way."""

    text: str
    sum: str
    registers: int


def adder_tree(term: str, count: int, bits: int, enable: str, *, outlined: bool = False) -> Tree:
    """The sum of signed expressions in `bits` bits; registers move with `enable`. {} in `term` is an expression's
    number."""
    lines: list[str] = []
    last = term.format(count - 1)
    level = registers = 0
    while count > 1:
        level += 1
        registered = level % _LEVELS == 0
        registers += registered
        level_of = _Level(term, count, last, f"sum{level}_{{}}", bits, enable if registered else "")
        lines += repeated(count // 2, level_of.pair, outlined=outlined)
        lines += level_of.rest()
        term, count, last = level_of.name, (count + 1) // 2, level_of.last
    return Tree("\n".join(lines), last, registers)


@dataclass(frozen=True, slots=True)
class _Level:
    """`count` terms, of which the last may have another name, become half as many; without `enable` by wires."""

    term: str
    count: int
    before: str
    name: str
    bits: int
    enable: str

    @property
    def last(self) -> str:
        """What the last one is called; one that is left over goes on as it is, unless registers keep it."""
        left_over = self.count % 2 and not self.enable
        return self.before if left_over else self.name.format((self.count - 1) // 2)

    def pair(self, place: int) -> str:
        """The sum of two."""
        right = 2 * place + 1
        return self._made(place, f"{self.term.format(2 * place)} + {self._called(right)}")

    def rest(self) -> list[str]:
        """What becomes of one that is left over."""
        return [self._made(self.count // 2, self.before)] if self.count % 2 and self.enable else []

    def _called(self, place: int) -> str:
        return self.before if place == self.count - 1 else self.term.format(place)

    def _made(self, place: int, total: str) -> str:
        name, high = self.name.format(place), self.bits - 1
        if not self.enable:
            return f"wire signed [{high}:0] {name} = {total};"
        return f"reg signed [{high}:0] {name}; always @(posedge clk) if ({self.enable}) {name} <= {total};"
