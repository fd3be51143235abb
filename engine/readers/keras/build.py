"""A network from the flat graph of a Keras model."""

from dataclasses import dataclass, field

from engine.network import Layer, Network, NetworkError
from engine.network.kinds import Activation
from engine.readers.errors import ModelFileError, Problem, UnsupportedModelError
from engine.readers.keras.graph import Graph, Node, Reference
from engine.readers.keras.layer import KerasLayer, Step, Weights
from engine.readers.keras.layers import translate
from engine.readers.keras.stored import Place
from engine.readers.names import free_name

_AXIS_REMEDY = "Put the axis last (axis=-1), with Permute if need be."


@dataclass(frozen=True, slots=True)
class Wanted:
    """The weights that one layer of the network waits for, and where they are in the file."""

    layer: str
    weights: Weights
    place: Place


@dataclass(slots=True)
class Built:
    """A network without weights, the weights it waits for, and notes."""

    network: Network = field(default_factory=Network)
    wanted: list[Wanted] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def build(graph: Graph, keras: int, where: str) -> Built:
    """Translate every layer and join them; `keras` is the major version that wrote the file.

    Raises UnsupportedModelError with all that is not supported, or ModelFileError.
    """
    return _Builder(graph, keras, where).build()


class _Builder:
    def __init__(self, graph: Graph, keras: int, where: str) -> None:
        self._graph = graph
        self._keras = keras
        self._where = where
        self._problems = list(graph.problems)
        self._names: set[str] = set()
        self._ends: dict[Reference, str] = {}
        """The layer of the network behind each output of a Keras layer."""
        self._built = Built()

    def build(self) -> Built:
        """See `build`."""
        chains = [(node, self._translated(node)) for node in self._graph.nodes]
        named = [(node, steps, self._step_names(node, steps)) for node, steps in chains]
        if self._problems:
            raise UnsupportedModelError(tuple(self._problems))
        layers = [layer for node, steps, names in named for layer in self._layers(node, steps, names)]
        self._built.network = self._network([*layers, *self._kept_outputs(layers)])
        for _, steps, names in named:
            self._check_axes(steps, names)
        if self._problems:
            raise UnsupportedModelError(tuple(self._problems))
        return self._built

    def _translated(self, node: Node) -> list[Step]:
        layer = KerasLayer(node.label, node.class_name, node.config, self._keras)
        steps = translate(layer)
        self._problems.extend(layer.problems)
        self._built.notes.extend(layer.notes)
        return steps

    def _step_names(self, node: Node, steps: list[Step]) -> list[str]:
        """Names for the steps of a layer; a layer without any is passed by."""
        reference = (node.place.names, 0)
        names = [self._free_name("_".join(node.place.names) + step.suffix) for step in steps]
        if names:
            self._ends[reference] = names[-1]
        elif node.sources:
            self._graph.aliases[reference] = node.sources[0]
        return names

    def _free_name(self, wish: str) -> str:
        name = free_name(wish, self._names)
        self._names.add(name)
        if name != wish:
            self._built.notes.append(f"{wish}: renamed to {name}.")
        return name

    def _layers(self, node: Node, steps: list[Step], names: list[str]) -> list[Layer]:
        layers = []
        inputs = tuple(self._end(source) for source in node.sources)
        for step, name in zip(steps, names, strict=True):
            layers.append(Layer(name, step.op, inputs, (), step.quantizers))
            if step.weights is not None:
                self._built.wanted.append(Wanted(name, step.weights, node.place))
            inputs = (name,)
        return layers

    def _end(self, reference: Reference) -> str:
        end = self._graph.resolve(reference)
        if end not in self._ends:
            raise ModelFileError(f"Layer '{'/'.join(end[0])}' is read but not there", self._where, "Save it again.")
        return self._ends[end]

    def _kept_outputs(self, layers: list[Layer]) -> list[Layer]:
        """Outputs that other layers read too get a layer that passes them on: here, outputs are what nobody reads."""
        read = {source for layer in layers for source in layer.inputs}
        ends = dict.fromkeys(self._end(output) for output in self._graph.outputs)
        return [Layer(self._free_name(f"{end}_output"), Activation("linear"), (end,)) for end in ends if end in read]

    def _network(self, layers: list[Layer]) -> Network:
        try:
            return Network(tuple(layers))
        except NetworkError as error:
            raise ModelFileError(f"The layers do not fit together: {error}", self._where, "Save it again.") from error
        except RecursionError:
            raise ModelFileError("The layers are damaged", self._where, "Save it again.") from None

    def _check_axes(self, steps: list[Step], names: list[str]) -> None:
        for step, name in zip(steps, names, strict=True):
            shapes = self._built.network.input_shapes(name)
            if step.axis != -1 and shapes and step.axis != len(shapes[0]):
                self._problems.append(Problem(name, f"it works along axis {step.axis}, not the last", _AXIS_REMEDY))
