"""ONNX models as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.onnx.schema import ATTRIBUTE_KINDS, SCHEMA
from engine.onnx.tensors import FLOAT, Tensor, read_tensor, tensor_message
from engine.onnx.wire import Message, WireError, decode, encode

_MEMBERS = {number: member for member, number in ATTRIBUTE_KINDS.items()}
_SUBGRAPHS = (5, 10)


@dataclass(frozen=True, slots=True)
class ValueInfo:
    """An input or output of the graph; extents that are left open are None."""

    name: str
    shape: tuple[int | None, ...] | None


@dataclass(frozen=True, slots=True)
class Node:
    """One operation. Attributes are numbers, texts, tensors, or lists of these; a graph inside is None."""

    op_type: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    name: str = ""
    domain: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Graph:
    """What a model computes."""

    nodes: tuple[Node, ...]
    inputs: tuple[ValueInfo, ...]
    outputs: tuple[ValueInfo, ...]
    tensors: tuple[Tensor, ...]
    name: str = "graph"
    datatypes: Mapping[str, str] = field(default_factory=dict)
    """Whole-number types of values, as QONNX annotates them: `{"x": "INT8"}`; written, not read."""


@dataclass(frozen=True, slots=True)
class Model:
    """A whole file. `opsets` holds the version of each domain's operators."""

    graph: Graph
    opsets: Mapping[str, int]
    producer: str = ""
    notes: str = ""


def read(data: bytes) -> Model:
    """The model that a file holds. Raises WireError."""
    message = decode(SCHEMA, "Model", data)
    if "graph" not in message:
        raise WireError("it holds no graph")
    opsets = {str(each.get("domain", "")): int(each.get("version", 0)) for each in message.get("opset_import", [])}
    return Model(_graph(message["graph"]), opsets, str(message.get("producer_name", "")))


def _graph(message: Message) -> Graph:
    return Graph(
        tuple(_node(each) for each in message.get("node", [])),
        tuple(_value_info(each) for each in message.get("input", [])),
        tuple(_value_info(each) for each in message.get("output", [])),
        tuple(read_tensor(each) for each in message.get("initializer", [])),
        str(message.get("name", "")),
    )


def _node(message: Message) -> Node:
    return Node(
        str(message.get("op_type", "")),
        tuple(message.get("input", [])),
        tuple(message.get("output", [])),
        str(message.get("name", "")),
        str(message.get("domain", "")),
        {str(each.get("name", "")): _attribute(each) for each in message.get("attribute", [])},
    )


def _attribute(message: Message) -> Any:
    kind = message.get("type", 0)
    if kind in _SUBGRAPHS:
        return None
    # Writers of the first ONNX versions leave the type out.
    member = _MEMBERS.get(kind) or next((name for name in ATTRIBUTE_KINDS if name in message), "")
    value = message.get(member, {"f": 0.0, "i": 0, "s": b"", "t": None}.get(member, []))
    match member:
        case "t":
            return None if value is None else read_tensor(value)
        case "s":
            return value.decode("utf-8", "replace")
        case "strings":
            return [each.decode("utf-8", "replace") for each in value]
    return value


def _value_info(message: Message) -> ValueInfo:
    shape = message.get("type", {}).get("tensor_type", {}).get("shape")
    extents = None if shape is None else tuple(each.get("dim_value") for each in shape.get("dim", []))
    return ValueInfo(str(message.get("name", "")), extents)


def written(model: Model, ir_version: int) -> bytes:
    """The file of a model."""
    graph = model.graph
    message: Message = {
        "ir_version": ir_version,
        "producer_name": model.producer,
        "opset_import": [{"domain": domain, "version": version} for domain, version in model.opsets.items()],
        "graph": {
            "node": [_node_message(node) for node in graph.nodes],
            "name": graph.name,
            "doc_string": model.notes,
            "initializer": [tensor_message(tensor) for tensor in graph.tensors],
            "input": [_info_message(each) for each in graph.inputs],
            "output": [_info_message(each) for each in graph.outputs],
            "quantization_annotation": [_annotation(name, kind) for name, kind in graph.datatypes.items()],
        },
    }
    return encode(SCHEMA, "Model", message)


def _annotation(name: str, datatype: str) -> Message:
    return {"tensor_name": name, "quant_parameter_tensor_names": [{"key": "finn_datatype", "value": datatype}]}


def _node_message(node: Node) -> Message:
    return {
        "input": node.inputs,
        "output": node.outputs,
        "name": node.name,
        "op_type": node.op_type,
        "attribute": [_attribute_message(name, value) for name, value in node.attributes.items()],
        "domain": node.domain,
    }


def _attribute_message(name: str, value: Any) -> Message:
    match value:
        case int():
            member = "i"
        case float():
            member = "f"
        case str():
            member, value = "s", value.encode()
        case [str(), *_]:
            member, value = "strings", [each.encode() for each in value]
        case [float(), *_]:
            member = "floats"
        case _:
            member = "ints"
    return {"name": name, "type": ATTRIBUTE_KINDS[member], member: value}


def _info_message(info: ValueInfo) -> Message:
    tensor: Message = {"elem_type": FLOAT}
    if info.shape is not None:
        tensor["shape"] = {"dim": [{} if extent is None else {"dim_value": extent} for extent in info.shape]}
    return {"name": info.name, "type": {"tensor_type": tensor}}
