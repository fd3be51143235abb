"""A module's Verilog, read for what costs: bits of registers, adders, selectors, comparisons, memories, products.

It reads what the studio's own generators write, not Verilog at large: registers and wires are declared with constant
widths, loops of `generate` count from 0, functions have no loops.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import and_, or_

from engine.flows.rtl.cost.passage import Function, Passage, Statement, passages
from engine.flows.rtl.cost.statement import Assigned, Declared
from engine.flows.rtl.verilog.library import library_module

REGISTERS, ADDERS, SELECTORS, COMPARISONS = "registers", "adders", "selectors", "comparisons"
CONSTANT_ADDERS, ZEROED, CHOICES = "adders of constants", "selectors of zero", "choices of a part"
"""Bits of each; a matrix of constants is adders alone, which share their tables with nothing."""
FACTORS, SUMS = "weights to multiply", "sums of one product"
"""Bits of weights that a multiplier takes out of registers, and of sums that a single product is added to: multipliers
have registers and adders of their own for both."""
WEIGHTS, FIXED, ALIKE = "weights", "weights that stay the same", "weights that are like others"
"""Bits of the weights of a step, of these the bits that are the same in all steps, and those that change as others."""


@dataclass(frozen=True, slots=True)
class Memory:
    """`words` of `bits`; `fixed`: whether it is never written; `block`: whether it is marked for block RAM."""

    words: int
    bits: int
    fixed: bool
    block: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text holds. Products are pairs of widths, each with its number."""

    amounts: Counter[str] = field(default_factory=Counter)
    memories: tuple[Memory, ...] = ()
    products: Counter[tuple[int, int]] = field(default_factory=Counter)

    def __add__(self, other: "Reading") -> "Reading":
        return Reading(
            self.amounts + other.amounts,
            self.memories + other.memories,
            self.products + other.products,
        )


_PARAMETER = re.compile(r"\.(\w+)\((?:\d+'d)?(\d+)\)")


def read(text: str) -> Reading:
    """One module, with what it takes of the shared ones."""
    return _Reader(text).reading()


class _Reader:
    def __init__(self, text: str) -> None:
        self._passages = list(passages(text))
        self._fixed = frozenset[str]().union(*[each.fixed for each in self._passages])
        self._is_single = False
        self._functions: dict[str, Reading] = {}
        self._widths: dict[str, int] = {}
        for passage in self._passages:
            for function in passage.functions:
                self._functions[function.name] = self._function(function)

    def reading(self) -> Reading:
        """All of it."""
        found = _Sum()
        for passage in self._passages:
            _weighed(passage, found)
            for shared in passage.shared:
                found.add(read_shared(*shared), 1)
            self._read(passage.statements, found, registers=True)
        return found.reading()

    def _function(self, function: Function) -> Reading:
        outside, self._widths = self._widths, {function.name: function.bits}
        found = _Sum()
        self._read(function.statements, found, registers=False)
        self._widths = outside
        return found.reading()

    def _read(self, statements: Iterable[Statement], found: "_Sum", *, registers: bool) -> None:
        for times, declared, assigned in statements:
            for each in declared:
                self._declared(each, times, found, registers=registers)
            if assigned is not None:
                self._assigned(assigned, times, found)

    def _declared(self, declared: Declared, times: int, found: "_Sum", *, registers: bool) -> None:
        name, bits, words, is_register, is_block = declared
        self._widths[name] = bits
        if words:
            found.memories += [Memory(words, bits, name in self._fixed, is_block)] * times
        elif is_register and registers:
            found.amounts[REGISTERS] += bits * times

    def _assigned(self, made: Assigned, times: int, found: "_Sum") -> None:
        widths, amounts = self._widths, found.amounts
        bits = times * (made.bits or widths.get(made.name, 1))
        for function in made.calls:
            if function in self._functions:
                found.add(self._functions[function], times)
        for source, part_bits in made.choices:
            amounts[CHOICES] += times * max(widths.get(source, 1) - part_bits, 0)
        for left, right, is_weight in made.products:
            pair = (widths.get(left, 1), int(right) if right.isdigit() else widths.get(right, 1))
            found.products[pair] += times
            amounts[FACTORS] += times * pair[1] if is_weight else 0
        self._is_single |= made.is_product
        amounts[SUMS] += bits if self._is_single and made.is_aligned else 0
        amounts[CONSTANT_ADDERS if made.is_node else ADDERS] += bits * made.adders
        amounts[SELECTORS] += bits * made.selectors
        amounts[ZEROED] += bits * made.zeroed
        amounts[COMPARISONS] += times * sum([widths.get(each, 1) for each in made.compared])


def _weighed(passage: Passage, found: "_Sum") -> None:
    if not passage.weights:
        return
    bits, words = passage.weights[0][0], [word for _, word in passage.weights]
    found.amounts[WEIGHTS] += bits
    if passage.depth == 1:
        # Reuse factor 1: there is one step.
        found.amounts[FIXED] += bits
    elif len(words) > 1:
        ones, zeros = reduce(and_, words), ~reduce(or_, words)
        changing = bits - ((ones | zeros) & ((1 << bits) - 1)).bit_count()
        # An outline has few of the words.
        patterns = 2 ** min(passage.depth, bits.bit_length() + 1) - 2
        found.amounts[FIXED] += bits - changing
        found.amounts[ALIKE] += max(changing - patterns, 0)


class _Sum:
    """A reading in the making."""

    def __init__(self) -> None:
        self.amounts: Counter[str] = Counter()
        self.memories: list[Memory] = []
        self.products: Counter[tuple[int, int]] = Counter()

    def add(self, part: Reading, times: int) -> None:
        """A part so many times."""
        for pair, number in part.products.items():
            self.products[pair] += number * times
        for name, number in part.amounts.items():
            self.amounts[name] += number * times
        self.memories += list(part.memories) * times

    def reading(self) -> Reading:
        """What there is."""
        return Reading(self.amounts, tuple(self.memories), self.products)


@lru_cache(maxsize=1024)
def read_shared(name: str, parameters: str) -> Reading:
    """A shared module with its parameters, as an instance writes them, put in."""
    text = library_module(name)
    for parameter, value in _PARAMETER.findall(parameters):
        text = re.sub(rf"\b{parameter}\b", value, text)
    return read(text)
