"""A network from the graph of an ONNX model, one operation after the other."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from engine.network import Network, NetworkError, Shape, TensorStore
from engine.network.kinds import Activation, Input
from engine.onnx import Model, Node, ValueInfo
from engine.readers.errors import ModelFileError, Problem, UnsupportedModelError
from engine.readers.onnx.draft import Draft
from engine.readers.onnx.folding import folded
from engine.readers.onnx.layers import find_reader, unsupported
from engine.readers.onnx.scaling import applied
from engine.readers.onnx.site import Readers, RefusedError, Site
from engine.readers.onnx.values import Constant, Flow, Turned, Value, channels_first, placed

_AGAIN = "Export the model again."
_MOST_NODES = 20_000
_MOST_ENDS = 1_000
_LARGEST = 10_000_000
_PASS_AXES = (
    *("Quant", "IntQuant", "BipolarQuant", "Trunc", "Relu", "Identity", "Dropout", "Cast", "Clip", "LeakyRelu"),
    *("Add", "Mul", "Sub", "Div", "Sigmoid", "Tanh", "Pad", "Neg"),
)
_CHANNELS_FIRST = (
    *("Conv", "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool", "BatchNormalization", "Resize"),
    "Upsample",
)
_RECURRENT = ("LSTM", "GRU", "RNN")


@dataclass(slots=True)
class Building:
    """The graph of a file and what has become of it so far."""

    model: Model
    draft: Draft
    values: dict[str, Value] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    """Values that an unsupported operation yields."""
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def network(self) -> Network:
        """The network. Raises ModelFileError, or UnsupportedModelError with all that is not supported."""
        nodes = self._needed()
        readers = _readers(nodes, self.model)
        for tensor in self.model.graph.tensors:
            if tensor.elsewhere:
                raise ModelFileError(
                    f"The values of '{tensor.name[:60]}' are in another file, '{tensor.elsewhere[:60]}'",
                    self.draft.where,
                    "Save the model in one file: onnx.save(model, path, save_as_external_data=False).",
                )
            self.values[tensor.name] = Constant(tensor.values)
        for info in self._entering(readers):
            self._enter(info, readers)
        for node in nodes:
            self._take(node, readers)
        self._refuse()
        self._leave(readers)
        self._refuse()
        return self._finished()

    def _refuse(self) -> None:
        if self.problems:
            raise UnsupportedModelError(tuple(self.problems))

    def _needed(self) -> list[Node]:
        """The operations that the outputs depend on, each behind what it reads."""
        graph = self.model.graph
        if len(graph.nodes) > _MOST_NODES:
            raise ModelFileError(f"The graph has more than {_MOST_NODES:,} operations", self.draft.where, _AGAIN)
        makers = {output: node for node in graph.nodes for output in node.outputs if output}
        if sum(1 for node in graph.nodes for output in node.outputs if output) != len(makers):
            raise ModelFileError("Two operations yield the same value", self.draft.where, _AGAIN)
        if not graph.outputs:
            raise ModelFileError("The graph has no outputs", self.draft.where, _AGAIN)
        return _in_order([output.name for output in graph.outputs], makers, self.draft.where)

    def _entering(self, readers: Readers) -> list[ValueInfo]:
        """The inputs that something reads; older files name their weights among them too."""
        inputs = {info.name: info for info in self.model.graph.inputs if info.name not in self.values}
        read = [info for name, info in inputs.items() if readers.nodes.get(name) or name in readers.ends]
        if max(len(read), len(self.model.graph.outputs)) > _MOST_ENDS:
            raise ModelFileError(f"It has more than {_MOST_ENDS:,} inputs or outputs", self.draft.where, _AGAIN)
        return read

    def _enter(self, info: ValueInfo, readers: Readers) -> None:
        steps_first = _wants_steps_first(info, readers)
        whole = info.shape or ()
        extents = (whole[0], *whole[2:]) if steps_first else whole[1:]
        if not extents or any(extent is None or extent < 1 for extent in extents):
            remedy = "Export the model with an input of fixed extents, the batch first."
            self.problems.append(Problem(info.name, "an extent of the input is left open", remedy))
            self.lost.add(info.name)
            return
        shape: Shape = tuple(extent for extent in extents if extent is not None)
        if len(shape) > 4 or max(shape) > _LARGEST:
            raise ModelFileError(f"The input '{info.name}' is too large", self.draft.where, _AGAIN)
        first = len(shape) > 1 and _wants_channels_first(info.name, readers)
        axes = channels_first(len(shape)) if first else tuple(range(len(shape)))
        ours = (*shape[1:], shape[0]) if first else shape
        if first and ours != shape:
            self.notes.append(f"{info.name}: {_by(shape)} with the channels first is {_by(ours)} here, channels last.")
        name = self.draft.add(info.name, Input(ours), ())
        flow = Flow(name, ours, axes)
        self.values[info.name] = Turned(flow, (1, 0, 2)) if steps_first else flow
        if steps_first:
            self.notes.append(f"{info.name}: the file has its steps first; here each sample is {_by(ours)}.")

    def _take(self, node: Node, readers: Readers) -> None:
        opset = self.model.opsets.get(node.domain, self.model.opsets.get("", 1))
        site = Site(node, opset, self.values, readers, self.draft)
        try:
            if self.lost.intersection(filter(None, node.inputs)):
                self.lost.update(node.outputs)
                if find_reader(node) is None:
                    raise unsupported(node)
                return
            self._check_inputs(site)
            # Numbers beyond all measure are refused when they are kept.
            with np.errstate(over="ignore", invalid="ignore"):
                self._keep(site, _value(site))
            self.lost.update(name for name in node.outputs if name not in self.values)
        except RefusedError as error:
            self.problems.append(Problem(site.name, error.what, error.remedy))
            self.lost.update(node.outputs)
        except NetworkError as error:
            raise ModelFileError(str(error), site.where, _AGAIN) from error

    def _keep(self, site: Site, value: Value) -> None:
        read = sum(self.values[name].size for name in site.node.inputs if name)
        self.draft.spend(read, value.size)
        if isinstance(value, Flow) and not value.sound:
            raise site.damaged("It scales by numbers that are too large or too small to compute with")
        output = value.output if isinstance(value, Turned) else 0
        self.values[site.node.outputs[output]] = value

    def _check_inputs(self, site: Site) -> None:
        missing = next((name for name in site.node.inputs if name and name not in self.values), None)
        if missing is not None:
            raise site.damaged(f"It reads '{missing[:60]}', which nothing yields")

    def _leave(self, readers: Readers) -> None:
        """The outputs as they are in the file; those that layers read too get a layer that passes them on."""
        for info in self.model.graph.outputs:
            value = self.values.get(info.name)
            if value is None or isinstance(value, Constant):
                raise ModelFileError(
                    f"The output '{info.name[:60]}' does not depend on the input", self.draft.where, _AGAIN
                )
            site = Site(Node("Output", (info.name,), (info.name,), info.name), 0, self.values, readers, self.draft)
            try:
                flow = _ending(site, value)
                flow = applied(site, site.straight(flow) if flow.folded is not None else flow)
            except RefusedError as error:
                self.problems.append(Problem(info.name, error.what, error.remedy))
                continue
            if isinstance(value, Turned):
                self.notes.append(f"{info.name}: samples come first here, and each is {_by(flow.shape)}.")
            elif len(flow.shape) > 1 and flow.axes != tuple(range(len(flow.shape))):
                self.notes.append(f"{info.name}: its axes are {_by(flow.shape)} here, channels last.")
            if any(flow.layer in layer.inputs for layer in self.draft.layers.values()):
                self.draft.add(f"{info.name}_output", Activation("linear"), (flow.layer,))

    def _finished(self) -> Network:
        try:
            return Network(tuple(self.draft.layers.values()))
        except NetworkError as error:
            raise ModelFileError(f"The layers do not fit together: {error}", self.draft.where, _AGAIN) from error


def build(model: Model, store: TensorStore, where: str) -> tuple[Network, Draft, list[str]]:
    """The network of a model, its draft with the settings, and notes."""
    building = Building(model, Draft(store, where))
    return building.network(), building.draft, building.notes


def _value(site: Site) -> Value:
    """What an operation yields. Raises RefusedError or ModelFileError."""
    found, reader = folded(site), find_reader(site.node)
    if found is not None:
        return found
    if reader is None:
        raise unsupported(site.node)
    return reader(site)


def _ending(site: Site, value: Flow | Turned) -> Flow:
    """An output without axes of one; its samples are in front, or behind the steps. Raises RefusedError."""
    if isinstance(value, Flow):
        return value
    found = placed(value.flow, tuple(place for place in value.places if place is not None))
    if isinstance(found, Flow):
        return found
    return value.flow if found.places == (1, 0, 2) else site.flow()


def _in_order(outputs: list[str], makers: dict[str, Node], where: str) -> list[Node]:
    """Depth first, without recursion: files may be deep."""
    done: dict[int, Node] = {}
    open_: set[int] = set()
    stack = [makers[name] for name in reversed(outputs) if name in makers]
    while stack:
        node = stack[-1]
        if id(node) in done:
            stack.pop()
            continue
        waiting = [makers[name] for name in node.inputs if name in makers and id(makers[name]) not in done]
        if not waiting:
            done[id(node)] = stack.pop()
        elif id(node) in open_:
            raise ModelFileError("Its operations feed each other in a circle", where, _AGAIN)
        else:
            open_.add(id(node))
            stack += reversed(waiting)
    return list(done.values())


def _readers(nodes: list[Node], model: Model) -> Readers:
    found: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        for name in node.inputs:
            found[name].append(node)
    ends = frozenset(output.name for output in model.graph.outputs)
    return Readers({name: tuple(each) for name, each in found.items()}, ends)


def _wants_channels_first(value: str, readers: Readers) -> bool:
    """Whether the first operation that minds where the channels are has them first."""
    waiting, seen = [value], set[str]()
    while waiting:
        name = waiting.pop()
        for node in readers.nodes.get(name, ()):
            if node.op_type in _CHANNELS_FIRST:
                return not node.domain.endswith("channels_last")
            if node.op_type in _PASS_AXES and node.outputs and node.outputs[0] not in seen:
                seen.add(node.outputs[0])
                waiting.append(node.outputs[0])
    return False


def _wants_steps_first(info: ValueInfo, readers: Readers) -> bool:
    """Whether a recurrent operation reads an input as it is, with the samples as its second axis."""
    nodes = [node for node in readers.nodes.get(info.name, ()) if node.op_type in _RECURRENT]
    first = any(node.inputs[0] == info.name and not node.attributes.get("layout") for node in nodes)
    return len(info.shape or ()) == 3 and first


def _by(shape: Shape) -> str:
    return "×".join(map(str, shape))
