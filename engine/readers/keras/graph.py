"""The layers of a Keras model as one flat graph: sub-models opened up, every layer with what it reads."""

from dataclasses import dataclass, field
from typing import Any

from engine.readers.errors import ModelFileError, Problem
from engine.readers.fields import Fields
from engine.readers.keras.calls import endpoints, has_keywords, sources
from engine.readers.keras.stored import Numbering, Place

Reference = tuple[tuple[str, ...], int]
"""One output of a layer: its name behind those of the sub-models around it, and which output."""

_SUBCLASSED = "Build the model with keras.Sequential or keras.Model(inputs, outputs) and save it again."


@dataclass(frozen=True, slots=True)
class Node:
    """One layer of the flat graph."""

    place: Place
    class_name: str
    config: Fields
    sources: tuple[Reference, ...]

    @property
    def label(self) -> str:
        """How messages call it."""
        return "/".join(self.place.names)


@dataclass(slots=True)
class Graph:
    """What flattening gives; `aliases` say which output stands behind that of a sub-model or an inner input."""

    where: str
    nodes: list[Node] = field(default_factory=list)
    aliases: dict[Reference, Reference] = field(default_factory=dict)
    outputs: tuple[Reference, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    def resolve(self, reference: Reference) -> Reference:
        """The layer that really stands behind a reference."""
        for _ in range(len(self.aliases) + 1):
            if reference not in self.aliases:
                return reference
            reference = self.aliases[reference]
        raise ModelFileError("Its layers feed each other in a circle", self.where, "Save the model again.")


def flatten(model: Any, where: str) -> Graph:
    """The graph of a Sequential or functional model's configuration. Raises ModelFileError."""
    graph = Graph(where)
    try:
        graph.outputs = _open(graph, Fields(model, where), (), None, Numbering(), where)
    except RecursionError:
        raise ModelFileError("Its sub-models are nested too deeply", where, "Build the model flat.") from None
    return graph


def _open(
    graph: Graph,
    model: Fields,
    scope: tuple[str, ...],
    feeds: tuple[Reference, ...] | None,
    numbering: Numbering,
    where: str,
) -> tuple[Reference, ...]:
    """Add the layers of a model; `feeds` are what a sub-model reads, None for the whole. Returns its outputs."""
    class_name = model.text("class_name")
    config = model.raw("config")
    if class_name == "Sequential":
        # Keras before 2.2 wrote the bare list.
        fields = Fields({"layers": config} if isinstance(config, list) else config, where)
        return _open_chain(graph, fields, model, scope, feeds, numbering)
    fields = Fields(config, where)
    if "layers" not in fields or "output_layers" not in fields:
        raise ModelFileError(f"'{class_name}' is a model made by program code", where, _SUBCLASSED)
    return _open_functional(graph, fields, scope, feeds, numbering)


def _open_chain(
    graph: Graph,
    fields: Fields,
    model: Fields,
    scope: tuple[str, ...],
    feeds: tuple[Reference, ...] | None,
    numbering: Numbering,
) -> tuple[Reference, ...]:
    layers = [Fields(layer, fields.where) for layer in fields.elements("layers")]
    if not layers:
        raise ModelFileError("The model has no layers", fields.where, "Add layers and save it again.")
    current = feeds
    if feeds is None and layers[0].text("class_name") != "InputLayer":
        current = (_implied_input(graph, layers[0], fields, model, scope),)
    for layer in layers:
        current = _add(graph, layer, scope, current or (), numbering, feeds is not None)
    return current or ()


def _implied_input(graph: Graph, first: Fields, fields: Fields, model: Fields, scope: tuple[str, ...]) -> Reference:
    """An input for a chain that has none: the first layer, or the model, states its shape."""
    config = first.object("config")
    build = model.raw("build_config", None)
    stated = [
        config.raw("batch_input_shape", None),
        config.raw("batch_shape", None),
        fields.raw("build_input_shape", None),
        build.get("input_shape") if isinstance(build, dict) else None,
    ]
    shape = next((each for each in stated if each is not None), None)
    name = f"{_name(first)}_input"
    values = {"name": name, "batch_shape": shape}
    graph.nodes.append(Node(Place((*scope, name)), "InputLayer", Fields(values, f"{fields.where}, {name}"), ()))
    return ((*scope, name), 0)


def _open_functional(
    graph: Graph, fields: Fields, scope: tuple[str, ...], feeds: tuple[Reference, ...] | None, numbering: Numbering
) -> tuple[Reference, ...]:
    inputs = [name for name, _ in endpoints(fields.raw("input_layers"), fields.where)]
    if feeds is not None:
        if len(inputs) != len(feeds):
            raise ModelFileError("A sub-model has more or fewer inputs than it is fed", fields.where, "Save it again.")
        graph.aliases.update({((*scope, name), 0): feed for name, feed in zip(inputs, feeds, strict=True)})
    for element in fields.elements("layers"):
        layer = Fields(element, fields.where)
        name = _name(layer)
        if feeds is not None and name in inputs:
            continue
        calls = layer.elements("inbound_nodes")
        if len(calls) > 1:
            graph.problems.append(_shared("/".join((*scope, name)), len(calls)))
        reads = sources(calls[0], layer.where) if calls else []
        if calls and has_keywords(calls[0]):
            graph.problems.append(_keyword("/".join((*scope, name))))
        references = tuple(((*scope, source), index) for source, index in reads)
        _add(graph, layer, scope, references, numbering, inner=feeds is not None)
    return tuple(((*scope, name), index) for name, index in endpoints(fields.raw("output_layers"), fields.where))


def _add(
    graph: Graph,
    layer: Fields,
    scope: tuple[str, ...],
    reads: tuple[Reference, ...],
    numbering: Numbering,
    inner: bool,
) -> tuple[Reference, ...]:
    """Add one layer, or all layers of a sub-model. Returns its outputs."""
    class_name, name = layer.text("class_name"), _name(layer)
    path = (*scope, name)
    numbered = numbering.path(class_name)
    if class_name == "InputLayer" and inner and reads:
        graph.aliases[(path, 0)] = reads[0]
        return ((path, 0),)
    if _is_model(layer):
        outputs = _open(graph, layer, path, reads, Numbering(numbered), f"{layer.where}, {name}")
        graph.aliases.update({(path, index): output for index, output in enumerate(outputs)})
        return outputs
    config = Fields(layer.raw("config"), f"{layer.where}, layer {'/'.join(path)}")
    registered = layer.raw("registered_name", None)
    # HGQ2 calls its layers as QKeras does.
    known = registered if str(registered).startswith("hgq>") else class_name
    graph.nodes.append(Node(Place(path, numbered), str(known), config, reads))
    return ((path, 0),)


def _is_model(layer: Fields) -> bool:
    config = layer.raw("config")
    if layer.text("class_name") == "Sequential":
        return True
    return isinstance(config, dict) and "layers" in config and "output_layers" in config


def _name(layer: Fields) -> str:
    """The name of a layer; Keras 2's chains state it in the configuration only."""
    stated = layer.raw("name", None)
    name = stated if stated is not None else Fields(layer.raw("config"), layer.where).text("name")
    if not isinstance(name, str) or not name:
        raise ModelFileError("A layer has no name", layer.where, "Save the model again.")
    return name


def _shared(name: str, count: int) -> Problem:
    return Problem(
        name,
        f"the layer is used {count} times with the same weights, which hardware cannot share between stages",
        "Give each use a layer of its own, with a copy of the weights.",
    )


def _keyword(name: str) -> Problem:
    return Problem(
        name, "the layer reads a tensor by keyword", "Pass all tensors in its first argument, or use a layer for it."
    )
