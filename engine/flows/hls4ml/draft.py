"""Built layers while the converter's passes work on them."""

from collections.abc import Iterator
from dataclasses import replace

from engine.flows.hls4ml.choices import Choice
from engine.flows.hls4ml.names import free_identifier, identifiers
from engine.flows.hls4ml.nodes import AXES, DEPTHWISE, THRESHOLD, UNSCALED, Node, Plan, copied_layer, nodes_of
from engine.network import Network
from engine.precision import FixedType


class Draft:
    """Layers that read each other by name; a rank of each says where it stands in the order."""

    def __init__(self, network: Network, choices: dict[str, Choice]) -> None:
        self.choices = choices
        self.nodes: dict[str, Node] = {}
        self.outputs: list[str] = []
        self._ranks: dict[str, tuple[int, ...]] = {}
        self._readers: dict[str, list[str]] = {}
        self._lower: set[str] = set()
        self._take(network)

    def _take(self, network: Network) -> None:
        """Every layer with known shapes, as it is built before any pass."""
        names = identifiers(network.order)
        ends: dict[str, str] = {}
        self._lower.update(name.lower() for name in names.values())
        for name in network.order:
            layer, inputs, shape = network[name], network.input_shapes(name), network.shapes[name]
            if inputs is None or shape is None:
                continue
            sources = tuple(ends[source] for source in layer.inputs)
            for node in nodes_of(layer, names[name], self.choices[name], sources, inputs, shape):
                self._add(replace(node, copies=copied_layer(network, name)), (len(self.nodes),))
                ends[name] = node.name
        self.outputs = [ends[name] for name in network.outputs if name in ends]

    def _add(self, node: Node, rank: tuple[int, ...]) -> None:
        self.nodes[node.name] = node
        self._ranks[node.name] = rank
        self._readers[node.name] = []
        for source in node.inputs:
            self._readers[source].append(node.name)

    def each(self) -> Iterator[Node]:
        """Every layer as it is when its turn comes; layers that are taken out meanwhile are passed over."""
        for name in list(self.nodes):
            if name in self.nodes:
                yield self.nodes[name]

    def parent(self, node: Node) -> Node | None:
        """The layer behind the first input."""
        return self.nodes[node.inputs[0]] if node.inputs else None

    def readers(self, name: str) -> list[Node]:
        """Layers that read a layer, once for each port."""
        return [self.nodes[reader] for reader in self._readers[name]]

    def result_type(self, node: Node) -> FixedType | None:
        """The type chosen for a layer's result; None where the converter works it out."""
        if node.half in (UNSCALED, AXES, THRESHOLD):
            return None
        if node.copies:
            return self.choices[node.copies].type("result")
        role = "depthwise_result" if node.half == DEPTHWISE else "result"
        return self.choices[node.layer.name].type(role)

    def change(self, node: Node) -> None:
        """Put a changed layer in its place; name and inputs stay."""
        self.nodes[node.name] = node

    def free_name(self, wish: str) -> str:
        """`wish`, or the like where a layer has that name."""
        name = free_identifier(wish, self._lower)
        self._lower.add(name.lower())
        return name

    def remove(self, node: Node, into: Node) -> None:
        """Take a layer out; its readers read `into`, the layer it reads, which stands for both."""
        self._readers[into.name].remove(node.name)
        del self.nodes[node.name]
        self._rewire(node.name, into.name)
        self.change(replace(into, sources=(*into.sources, *node.sources), note="merged"))

    def replace(self, name: str, new: Node) -> None:
        """Put another layer, of another name, in a layer's place; it may read others."""
        for source in self.nodes[name].inputs:
            self._readers[source].remove(name)
        del self.nodes[name]
        self._add(new, self._ranks[name])
        self._rewire(name, new.name)

    def melt(self, first: Node, second: Node) -> None:
        """Take a layer out for the sake of one reader, which reads what it read; in hls4ml so do its other readers."""
        for source in first.inputs:
            self._readers[source][self._readers[source].index(first.name)] = second.name
        del self.nodes[first.name]
        self.change(replace(second, inputs=first.inputs))
        self._readers[first.name] = [reader for reader in self._readers[first.name] if reader != second.name]
        self._rewire(first.name, first.inputs[0])

    def insert(self, node: Node, behind: str, readers: list[str]) -> None:
        """Put a layer in right behind another, before those put in earlier; the named readers read it instead."""
        inserted = sum(1 for reader in self._readers[behind] if len(self._ranks[reader]) > len(self._ranks[behind]))
        self._add(node, (*self._ranks[behind], -1 - inserted))
        for name in dict.fromkeys(readers):
            inputs = self.nodes[name].inputs
            self._readers[node.name] += [name] * inputs.count(behind)
            self._readers[behind] = [each for each in self._readers[behind] if each != name]
            self.change(replace(self.nodes[name], inputs=tuple(node.name if i == behind else i for i in inputs)))

    def _rewire(self, old: str, new: str) -> None:
        """Make everything that reads `old`, the outputs included, read `new`."""
        for name in self._readers.pop(old):
            inputs = tuple(new if each == old else each for each in self.nodes[name].inputs)
            self.change(replace(self.nodes[name], inputs=inputs))
            self._readers[new].append(name)
        self.outputs = [new if each == old else each for each in self.outputs]

    def plan(self) -> Plan:
        """The layers in order, and what each of the user's layers became."""
        nodes = tuple(sorted(self.nodes.values(), key=lambda node: self._ranks[node.name]))
        by_source: dict[str, tuple[Node, ...]] = {}
        for node in nodes:
            for source in node.sources:
                by_source[source] = (*by_source.get(source, ()), node)
        return Plan(nodes, by_source, self._readers_past_flattening(nodes), tuple(self.outputs), _chain(nodes))

    def _readers_past_flattening(self, nodes: tuple[Node, ...]) -> dict[str, int]:
        found: dict[str, int] = {}
        for node in reversed(nodes):
            readers = self.readers(node.name)
            found[node.name] = sum(found[each.name] if each.kind == "Reshape" else 1 for each in readers)
        return found


def _chain(nodes: tuple[Node, ...]) -> tuple[str, ...]:
    names = tuple(node.name for node in nodes)
    before = [(), *((name,) for name in names)]
    return names if all(node.inputs == read for node, read in zip(nodes, before, strict=False)) else ()
