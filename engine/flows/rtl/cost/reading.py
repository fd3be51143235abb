"""A module's Verilog, read for what costs: bits of registers, adders, selectors, comparisons, memories, products.

It reads what the studio's own generators write, not Verilog at large: registers and wires are declared with constant
widths, loops of `generate` count from 0, functions have no loops.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import and_, or_

from engine.flows.rtl.cost.statement import assignment, declarations
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


_COMMENT = re.compile(r"//[^\n]*")
_CONTENTS = re.compile(r"initial begin\b(.*?)\bend\b", re.DOTALL)
_WEIGHTS = re.compile(r"weight_rom\[\d+\] = (\d+)'h([0-9a-f]+);")
_DEPTH = re.compile(r"weight_rom \[0:(\d+)\]")
_BLOCK = '(* rom_style = "block" *)'
_ATTRIBUTE = re.compile(r"\(\*.*?\*\)")
_LOOP = re.compile(r"for \((\w+) = 0; \1 < (\d+); \1 = \1 \+ 1\) begin")
_FUNCTION = re.compile(r"function (?:signed )?(?:\[(\d+):0\] )?(\w+)\s*\((.*?)\);(.*?)endfunction", re.DOTALL)
_INSTANCE = re.compile(r"^\s*(\w+) #\((.*?)\) \w+ \(", re.MULTILINE | re.DOTALL)
_PARAMETER = re.compile(r"\.(\w+)\((?:\d+'d)?(\d+)\)")
_TOKENS = re.compile(r"(;|\bbegin\b|\bend\b)")


def read(text: str) -> Reading:
    """One module, with what it takes of the shared ones."""
    return _Reader(text).reading()


class _Reader:
    def __init__(self, text: str) -> None:
        self._library = [read_shared(*found) for found in _INSTANCE.findall(text)]
        text = _COMMENT.sub("", text).replace(_BLOCK, "@block ")
        text = _LOOP.sub(r"@for \2 begin", _ATTRIBUTE.sub("", text))
        # An outline has few of its words.
        self._depth = int(found[1]) + 1 if (found := _DEPTH.search(text)) else 0
        self._weights = [(int(bits), int(word, 16)) for bits, word in _WEIGHTS.findall(text)]
        self._fixed = {name for part in _CONTENTS.findall(text) for name in re.findall(r"^\s*(\w+)\[", part, re.M)}
        text = _CONTENTS.sub("", text)
        self._is_single = False
        self._functions: dict[str, Reading] = {}
        self._widths: dict[str, int] = {}
        for width, name, arguments, body in _FUNCTION.findall(text):
            self._functions[name] = self._function(int(width or 0) + 1, name, arguments, body)
        self._text = _FUNCTION.sub("", text)

    def reading(self) -> Reading:
        """All of it."""
        found = _Sum()
        self._weighed(found)
        for part in self._library:
            found.add(part, 1)
        for statement, times in _statements(self._text):
            self._declared(statement, times, found, registers=True)
            self._assigned(statement, times, found)
        return found.reading()

    def _weighed(self, found: "_Sum") -> None:
        if not self._weights:
            return
        bits, words = self._weights[0][0], [word for _, word in self._weights]
        found.amounts[WEIGHTS] += bits
        if len(words) > 1:
            ones, zeros = reduce(and_, words), ~reduce(or_, words)
            changing = bits - ((ones | zeros) & ((1 << bits) - 1)).bit_count()
            patterns = 2 ** min(self._depth, bits.bit_length() + 1) - 2
            found.amounts[FIXED] += bits - changing
            found.amounts[ALIKE] += max(changing - patterns, 0)

    def _function(self, width: int, name: str, arguments: str, body: str) -> Reading:
        outside, self._widths = self._widths, {name: width}
        found = _Sum()
        self._declared(arguments, 1, found, registers=False)
        for statement, times in _statements(body):
            self._declared(statement, times, found, registers=False)
            self._assigned(statement, times, found)
        self._widths = outside
        return found.reading()

    def _declared(self, statement: str, times: int, found: "_Sum", *, registers: bool) -> None:
        for each in declarations(statement):
            self._widths[each.name] = each.bits
            if each.words:
                memory = Memory(each.words, each.bits, each.name in self._fixed, each.is_block)
                found.memories += [memory] * times
            elif each.is_register and registers:
                found.amounts[REGISTERS] += each.bits * times

    def _assigned(self, statement: str, times: int, found: "_Sum") -> None:
        made = assignment(statement)
        if made is None:
            return
        widths, amounts = self._widths, found.amounts
        bits = made.bits or widths.get(made.name, 1)
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
        amounts[SUMS] += bits * times if self._is_single and made.is_aligned else 0
        amounts[CONSTANT_ADDERS if made.is_node else ADDERS] += bits * times * made.adders
        amounts[SELECTORS] += bits * times * made.selectors
        amounts[ZEROED] += bits * times * made.zeroed
        amounts[COMPARISONS] += times * sum([widths.get(each, 1) for each in made.compared])


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


def _statements(text: str) -> Iterator[tuple[str, int]]:
    """Each statement, and how often it is there: as often as the loops around it count."""
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
