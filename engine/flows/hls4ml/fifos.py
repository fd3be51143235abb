"""The FIFOs of a streamed design by name, and their depths in hls4ml's graph.

hls4ml makes each as deep as its tensor has pixels, and its configuration has no word for anything else: its own FIFO
optimiser changes the graph's variables after a co-simulation, and so does this, without one.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.flows.hls4ml.nodes import Plan

OUTSIDE = "the outside"
"""Name of what reads the design's outputs: no layer can have it."""


def named(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A name for the FIFO between each writer and reader; a second one between the same two is numbered."""
    seen: dict[str, int] = {}
    for writer, reader in pairs:
        name = f"{writer} → {reader}"
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def fifos_of(plan: Plan) -> list[tuple[str, str, str]]:
    """(writer, reader, name) of each FIFO, in the order of the readers, those out of the design last.

    A flattening is a name for what it reads; what is copied leaves the design as a copy too.
    """
    nodes = {node.name: node for node in plan.nodes}
    clones = {node.inputs[0]: node.name for node in plan.nodes if node.kind == "Clone"}

    def writer(name: str) -> str:
        while nodes[name].kind == "Reshape":
            name = nodes[name].inputs[0]
        return name

    read = [(writer(source), node.name) for node in plan.nodes if node.kind != "Reshape" for source in node.inputs]
    read += [(clones.get(writer(name), writer(name)), OUTSIDE) for name in plan.outputs]
    return [(*pair, name) for pair, name in zip(read, named(read), strict=True)]


def chosen_depths(plan: Plan, depths: tuple[tuple[str, int], ...]) -> dict[str, tuple[int, ...]]:
    """Depths chosen for the FIFOs behind each layer, by its name."""
    found: dict[str, tuple[int, ...]] = {}
    if depths:
        known = dict(depths)
        for writer, _, name in fifos_of(plan):
            if name in known:
                found[writer] = (*found.get(writer, ()), known[name])
    return found


def set_depths(graph: Any, depths: Mapping[str, int]) -> None:
    """Give the streams of hls4ml's ModelGraph their depths, by FIFO name."""
    layers = list(graph.get_layers())
    writers = {name: layer for layer in layers for name in layer.outputs}

    def written(name: str) -> str:
        while writers[name].class_name == "Reshape":
            name = str(writers[name].inputs[0])
        return name

    readers = [layer for layer in layers if layer.class_name not in ("Input", "Reshape")]
    read = [(written(name), layer.name) for layer in readers for name in layer.inputs]
    read += [(written(name), OUTSIDE) for name in graph.outputs]
    names = named((writers[name].name, reader) for name, reader in read)
    for (output, _), name in zip(read, names, strict=True):
        if name in depths:
            writers[output].variables[output].pragma = ("stream", depths[name])
