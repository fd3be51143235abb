"""Adding up terms with as few adders one behind the other as there can be."""

from heapq import heapify, heappop, heappush

from engine.flows.rtl.adders.graph import Adder, Output

Term = tuple[int, int, bool]
"""A node, its shift, and whether it is subtracted."""


def summed(terms: list[Term], inputs: int, adders: list[Adder]) -> Output:
    """The sum of terms; the adders that it takes are appended."""
    levels = _Levels(inputs, adders)
    heap = [(levels.of(term[0]), term[1], term) for term in terms]
    heapify(heap)
    while len(heap) > 1:
        first, second = heappop(heap)[-1], heappop(heap)[-1]
        total = _added(first, second, inputs, adders)
        heappush(heap, (levels.of(total[0]), total[1], total))
    return Output(*heap[0][-1]) if heap else Output(None)


def _added(one: Term, other: Term, inputs: int, adders: list[Adder]) -> Term:
    """The lower one in front, so that its lowest bits pass through; the sign of both goes to the sum."""
    low, high = sorted((one, other), key=lambda term: term[1])
    adders.append(Adder(low[0], high[0], high[1] - low[1], low[2] != high[2]))
    return inputs + len(adders) - 1, low[1], low[2]


class _Levels:
    """Levels of nodes, as far as they have been asked for."""

    def __init__(self, inputs: int, adders: list[Adder]) -> None:
        self._adders, self._inputs = adders, inputs
        self._known: dict[int, int] = {}

    def of(self, node: int) -> int:
        """How many adders lie one behind the other up to a node."""
        if node < self._inputs:
            return 0
        if node not in self._known:
            adder = self._adders[node - self._inputs]
            self._known[node] = max(self.of(adder.first), self.of(adder.second)) + 1
        return self._known[node]
