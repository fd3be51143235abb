"""Finding what the columns of a constant matrix share.

As in Hartley, "Subexpression sharing in filters using canonic signed digit multipliers" (1996): the pair of terms that
occurs most often, in any output and at any place, becomes a node of its own; until no pair occurs twice.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.flows.rtl.adders.digits import signed_digits
from engine.flows.rtl.adders.graph import Adder, AdderGraph, Output
from engine.flows.rtl.adders.sums import summed

_DIGITS_AT_ONCE = 6000
"""Digits among which pairs are sought; larger matrices are taken in groups of columns."""


def shared_adders(matrix: NDArray[Any]) -> AdderGraph:
    """(inputs, outputs), whole numbers of up to 62 bits → adders that compute the products with all columns."""
    inputs, outputs = matrix.shape
    columns = max(1, outputs * _DIGITS_AT_ONCE // max(np.count_nonzero(signed_digits(matrix)), 1))
    adders: list[Adder] = []
    found: list[Output] = []
    for first in range(0, outputs, columns):
        pairs = _Pairs(matrix[:, first : first + columns], inputs + len(adders))
        adders += pairs.taken_out()
        found += [summed(terms, inputs, adders) for terms in pairs.terms()]
    return AdderGraph(inputs, adders, found)


class _Pairs:
    """Terms that are left, `terms[node, output, place]` = ±1, and how often each pair of them occurs."""

    def __init__(self, matrix: NDArray[Any], next_node: int) -> None:
        digits = signed_digits(matrix)
        self._inputs, self._outputs, self._places = digits.shape
        self._used = self._inputs
        self._names = list(range(self._inputs))
        self._next = next_node
        self._digits = digits.astype(np.float32)
        # count[shift, opposite, first, second]: pairs of a first at some place and a second `shift` above it.
        self._count = np.zeros((self._places, 2, self._used, self._used), np.int16)
        self._best = np.zeros(self._used, np.int16)
        self._recount(np.arange(self._used))

    def taken_out(self) -> list[Adder]:
        """Make a node of the most frequent pair, again and again."""
        adders = []
        while (row := int(self._best[: self._used].argmax())) >= 0 and self._best[row] > 1:
            counts = self._count[:, :, row, : self._used]
            shift, opposite, second = (int(each) for each in np.unravel_index(int(counts.argmax()), counts.shape))
            adders.append(Adder(self._names[row], self._names[second], shift, bool(opposite)))
            self._replace(row, second, shift, -1 if opposite else 1)
        return adders

    def terms(self) -> list[list[tuple[int, int, bool]]]:
        """Of each output, what is left to be added: node, shift, minus."""
        found: list[list[tuple[int, int, bool]]] = [[] for _ in range(self._outputs)]
        for node, output, place in np.argwhere(self._digits[: self._used] != 0):
            found[output].append((self._names[node], int(place), bool(self._digits[node, output, place] < 0)))
        return found

    def _replace(self, first: int, second: int, shift: int, sign: int) -> None:
        self._grow()
        new = self._digits[self._used]
        for place in range(self._places - shift):
            ours, theirs = self._digits[first, :, place], self._digits[second, :, place + shift]
            hit = (ours != 0) & (theirs == sign * ours)
            new[hit, place] = ours[hit]
            ours[hit] = 0
            theirs[hit] = 0
        self._names.append(self._next)
        self._next += 1
        self._used += 1
        self._recount(np.array(sorted({first, second, self._used - 1})))

    def _grow(self) -> None:
        if self._used < len(self._digits):
            return
        more = max(64, len(self._digits) // 2)
        self._digits = np.pad(self._digits, ((0, more), (0, 0), (0, 0)))
        self._count = np.pad(self._count, ((0, 0), (0, 0), (0, more), (0, more)))
        self._best = np.pad(self._best, (0, more))

    def _recount(self, nodes: NDArray[np.int64]) -> None:
        """Count the pairs in which some nodes stand, first or second."""
        used = self._used
        everything, own = self._digits[:used], self._digits[nodes]
        for shift in range(self._places):
            kept = self._places - shift
            self._count[shift][:, nodes, :used] = _matches(own[:, :, :kept], everything[:, :, shift:])
            self._count[shift][:, :used, nodes] = _matches(everything[:, :, :kept], own[:, :, shift:])
        # With no shift each pair is there twice, and a node goes with itself: once is enough.
        for node in nodes:
            self._count[0][:, node, : node + 1] = 0
            self._count[0][:, node:used, node] = 0
        self._best[:used] = self._count[:, :, :used, :used].max(axis=(0, 1, 3))


def _matches(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.int16]:
    """(2, first, second): how often both have the same sign at a place, and how often opposite ones."""
    ours, theirs = first.reshape(len(first), -1), second.reshape(len(second), -1)
    signed = ours @ theirs.T
    both = np.abs(ours) @ np.abs(theirs).T
    return np.stack([both + signed, both - signed]).astype(np.int16) // 2
