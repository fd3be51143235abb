"""Loops in loops that go through the words of frames: in which order a memory is read.

Addresses are counted on from frame to frame without end; a memory takes their lowest bits. Nothing multiplies: each
turn of a loop moves the address by a constant.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.flows.rtl.verilog.counter import counter_register
from engine.flows.rtl.verilog.module import counter_bits
from engine.flows.rtl.verilog.number import Number, literal

Addresses = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Loop:
    """`count` turns; each goes on by `address` words, and by lines and by words within a line where edges matter."""

    name: str
    count: int
    address: int
    line: int = 0
    place: int = 0

    @property
    def is_idle(self) -> bool:
        """Whether each turn does the same."""
        return not (self.address or self.line or self.place)


@dataclass(frozen=True, slots=True)
class Nest:
    """Loops, the outermost first, over frames of `lines` lines of `places` words.

    The first read is of `line` and `place`; what lies beyond the edges is 0. Each turn of one of the first `freeing`
    loops lets go of all words in front of it.
    """

    loops: tuple[Loop, ...]
    freeing: int
    lines: int
    places: int
    line: int = 0
    place: int = 0

    @property
    def words(self) -> int:
        """Words of a frame."""
        return self.lines * self.places

    @property
    def reads(self) -> int:
        """Of a period."""
        return prod(loop.count for loop in self.loops[self.freeing :])

    @property
    def bases(self) -> Addresses:
        """(periods,) of one frame: the address from which on words are kept until the next period."""
        return self._walked("address", self.line * self.places + self.place, self.loops[: self.freeing])

    @property
    def addresses(self) -> Addresses:
        """(periods, reads) of one frame, beyond the edges too."""
        walked = self._walked("address", self.line * self.places + self.place, self.loops)
        return walked.reshape(len(self.bases), -1)

    @property
    def inside(self) -> NDArray[np.bool_]:
        """(periods, reads): whether a read is of a word of the frame."""
        line, place = self._walked("line", self.line, self.loops), self._walked("place", self.place, self.loops)
        found = (line >= 0) & (line < self.lines) & (place >= 0) & (place < self.places)
        return found.reshape(len(self.bases), -1)

    def _walked(self, of: str, start: int, loops: tuple[Loop, ...]) -> Addresses:
        found = np.array([start])
        for loop in loops:
            found = (found[:, None] + np.arange(loop.count) * getattr(loop, of)).ravel()
        return found

    @property
    def once(self) -> "Nest":
        """The same without its idle turns, in which all is read again."""
        return replace(self, loops=tuple(replace(loop, count=1) if loop.is_idle else loop for loop in self.loops))

    @property
    def furthest(self) -> int:
        """How far beyond its base a period reads, beyond the edges too."""
        return _span("address", 0, self.loops[self.freeing :])[1]

    def moves(self) -> list[int]:
        """How far the address goes: where the innermost loop turns, ..., the outermost, where a frame begins."""
        return _moves(self.loops, "address", self.words)

    def jumps(self) -> list[int]:
        """How far the base goes."""
        return _moves(self.loops[: self.freeing], "address", self.words)

    def verilog(self, bits: int) -> str:
        """Counters that go on with `takes`; of this read `move` and, in `bits` too, `jump`; `frees`, `is_blank`."""
        ends = [f"{loop.name}_is_last" for loop in self.loops[self.freeing :] if loop.count > 1]
        return "\n".join(
            [
                self._counters(),
                _choice("move", self.loops, self.moves(), bits),
                f"wire frees = {' & '.join(['takes', *ends])};",
                _choice("jump", self.loops[: self.freeing], self.jumps(), bits),
                *self._edges(),
            ]
        )

    def _counters(self) -> str:
        turning = [loop for loop in self.loops if loop.count > 1]
        resets = "".join(f"    {loop.name} <= 0;\n" for loop in turning)
        turns = "".join(f"    {_turn(turning, place)}\n" for place in reversed(range(len(turning))))
        declared = "\n".join(counter_register(loop.name, loop.count) for loop in turning)
        if not turning:
            return ""
        return f"{declared}\nalways @(posedge clk)\n  if (rst) begin\n{resets}  end else if (takes) begin\n{turns}  end"

    def _edges(self) -> list[str]:
        beyond: list[str] = []
        texts: list[str] = []
        for name, start, count in (("line", self.line, self.lines), ("place", self.place, self.places)):
            low, high = _span(name, start, self.loops)
            if low >= 0 and high < count:
                continue
            moves = _moves(self.loops, name, 0)
            bits = Number(min(low, *moves), max(high, count, *moves), 0).bits
            texts.append(_choice(f"{name}_move", self.loops, moves, bits))
            texts.append(_coordinate(name, bits, start))
            beyond += [f"{name}[{bits - 1}]"] if low < 0 else []
            beyond += [f"({name} > {literal(count - 1, bits)})"] if high >= count else []
        return [*texts, f"wire is_blank = {' | '.join(beyond)};"] if beyond else []

    @property
    def has_edges(self) -> bool:
        """Whether some reads are beyond the edges: only then there is `is_blank`."""
        lines, places = _span("line", self.line, self.loops), _span("place", self.place, self.loops)
        return min(lines[0], places[0]) < 0 or lines[1] >= self.lines or places[1] >= self.places


@lru_cache(maxsize=256)
def span(nest: Nest) -> int:
    """Words from the base of a period to the last that it reads, at most."""
    once = nest.once
    bases = once.bases[:, None]
    return int((np.where(once.inside, once.addresses, bases) - bases).max()) + 1


def _span(of: str, start: int, loops: tuple[Loop, ...]) -> tuple[int, int]:
    """The lowest and the highest that loops come to."""
    ways = [(loop.count - 1) * int(getattr(loop, of)) for loop in loops]
    return start + sum(min(way, 0) for way in ways), start + sum(max(way, 0) for way in ways)


def _moves(loops: tuple[Loop, ...], of: str, frame: int) -> list[int]:
    found, back = [], 0
    for loop in reversed(loops):
        found.append(getattr(loop, of) - back)
        back += (loop.count - 1) * getattr(loop, of)
    return [*found, frame - back]


def _turn(turning: list[Loop], place: int) -> str:
    name = turning[place].name
    text = f"{name} <= {name}_is_last ? {counter_bits(turning[place].count)}'d0 : {name} + 1'b1;"
    ends = " & ".join(f"{each.name}_is_last" for each in turning[place + 1 :])
    return f"if ({ends}) {text}" if ends else text


def _choice(name: str, loops: tuple[Loop, ...], moves: list[int], bits: int) -> str:
    """Of the moves, the one of the innermost loop that has turns left."""
    turning = [(loop, move) for loop, move in zip(reversed(loops), moves, strict=False) if loop.count > 1]
    while turning and turning[-1][1] == moves[-1]:
        turning.pop()
    cases = "".join(f"\n  ~{loop.name}_is_last ? {literal(move, bits)} :" for loop, move in turning)
    return f"wire signed [{bits - 1}:0] {name} ={cases} {literal(moves[-1], bits)};"


def _coordinate(name: str, bits: int, start: int) -> str:
    return f"""\
reg signed [{bits - 1}:0] {name};
always @(posedge clk)
  if (rst) {name} <= {literal(start, bits)};
  else if (takes) {name} <= {name} + {name}_move;"""
