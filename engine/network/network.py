"""A network: layers in a directed acyclic graph, as a value."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any

import networkx as nx

from engine.network.errors import CycleError, LayerNameError, NetworkError, ShapeError, WiringError
from engine.network.layer import UNCONNECTED, Layer
from engine.network.op import Shape

_NAMED = 8
"""Up to so many layers of a circle are named one by one."""


# Not slotted, unlike the other values: what is derived from the layers is cached on the instance, where
# hardware edits, which never touch the network, find it again.
@dataclass(frozen=True)
class Network:
    """Layers in any order. Invariants, checked on construction: names are unique, inputs exist, there is no
    cycle, and every layer whose inputs are all connected has shapes that fit.

    Raises LayerNameError, WiringError, CycleError or ShapeError.
    """

    layers: tuple[Layer, ...] = ()

    def __post_init__(self) -> None:
        if len(self.by_name) != len(self.layers):
            raise LayerNameError(f"Two layers are called '{_first_double(self.layers)}'.")
        for layer in self.layers:
            self._check_ports(layer)
        _ = self.shapes

    def __getstate__(self) -> dict[str, Any]:
        return {"layers": self.layers}

    def __getitem__(self, name: str) -> Layer:
        try:
            return self.by_name[name]
        except KeyError:
            near = get_close_matches(name, self.by_name, 1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            raise LayerNameError(f"There is no layer '{name}'.{hint}", name) from None

    def __contains__(self, name: object) -> bool:
        return name in self.by_name

    @cached_property
    def by_name(self) -> dict[str, Layer]:
        """Layers by their names."""
        return {layer.name: layer for layer in self.layers}

    @cached_property
    def graph(self) -> "nx.DiGraph[str]":
        """Layer names as nodes; an edge from each layer to those that read it."""
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(layer.name for layer in self.layers)
        for layer in self.layers:
            graph.add_edges_from((source, layer.name) for source in layer.inputs if source != UNCONNECTED)
        return graph

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Names so that each layer stands behind its inputs; ties keep the order of `layers`."""
        place = {layer.name: index for index, layer in enumerate(self.layers)}
        try:
            return tuple(nx.lexicographical_topological_sort(self.graph, key=place.__getitem__))
        except nx.NetworkXUnfeasible:
            loop = _in_short([source for source, _ in nx.find_cycle(self.graph)])
            raise CycleError(f"These layers feed each other in a circle: {loop}.") from None

    @cached_property
    def shapes(self) -> dict[str, Shape | None]:
        """Output shape of each layer; None downstream of an unconnected port."""
        shapes: dict[str, Shape | None] = {}
        for name in self.order:
            shapes[name] = self._infer(self.by_name[name], shapes)
        return shapes

    @cached_property
    def consumers(self) -> dict[str, tuple[str, ...]]:
        """Which layers read each layer, in the order of `layers`."""
        readers: dict[str, list[str]] = {layer.name: [] for layer in self.layers}
        for layer in self.layers:
            for source in dict.fromkeys(layer.inputs):
                if source != UNCONNECTED:
                    readers[source].append(layer.name)
        return {name: tuple(found) for name, found in readers.items()}

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """Layers that nothing reads."""
        return tuple(name for name in self.order if not self.consumers[name])

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """Input layers."""
        return tuple(layer.name for layer in self.layers if layer.op.KIND == "input")

    def input_shapes(self, name: str) -> tuple[Shape, ...] | None:
        """Shapes that meet at a layer, in port order; None while a port is unconnected or its shape unknown."""
        layer = self[name]
        shapes = [self.shapes[source] if source != UNCONNECTED else None for source in layer.inputs]
        known = tuple(shape for shape in shapes if shape is not None)
        return known if len(known) == len(shapes) else None

    def _check_ports(self, layer: Layer) -> None:
        fewest, most = layer.op.PORTS
        if len(layer.inputs) < fewest or (most is not None and len(layer.inputs) > most):
            raise WiringError(f"'{layer.name}' has {len(layer.inputs)} inputs; it needs {_ports(layer)}.", layer.name)
        for source in layer.inputs:
            if source != UNCONNECTED and source not in self.by_name:
                raise WiringError(f"'{layer.name}' reads '{source}', which does not exist.", layer.name)

    def _infer(self, layer: Layer, shapes: dict[str, Shape | None]) -> Shape | None:
        inputs = tuple(shapes[source] if source != UNCONNECTED else None for source in layer.inputs)
        known = tuple(shape for shape in inputs if shape is not None)
        if len(known) < len(inputs):
            return None
        try:
            return layer.op.output_shape(known)
        except NetworkError as error:
            raise ShapeError(f"'{layer.name}': {error}", layer.name) from error


def _first_double(layers: tuple[Layer, ...]) -> str:
    seen: set[str] = set()
    for layer in layers:
        if layer.name in seen:
            return layer.name
        seen.add(layer.name)
    return ""


def _in_short(names: list[str]) -> str:
    """A way through layers; of many, the first and the last."""
    if len(names) > _NAMED:
        names = [*names[:3], f"{len(names) - 5} more", *names[-2:]]
    return " → ".join(names)


def _ports(layer: Layer) -> str:
    fewest, most = layer.op.PORTS
    if most is None:
        return f"{fewest} or more"
    return str(fewest) if fewest == most else f"{fewest} to {most}"
