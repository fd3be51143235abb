"""Layers as JSON and back."""

from dataclasses import fields
from typing import Any

from engine.network import KINDS, Layer, Op, TensorRef
from engine.precision.quantizer import Quantizer, QuantizerKind
from engine.project.fields import Node


def layer_to_json(layer: Layer) -> dict[str, Any]:
    """Kind, parameters, inputs, weight digests and quantisers of a layer."""
    return {
        "name": layer.name,
        "kind": layer.op.KIND,
        "params": _fields_of(layer.op),
        "inputs": list(layer.inputs),
        "weights": {role: {"digest": ref.digest, "shape": list(ref.shape)} for role, ref in layer.weights},
        "quantizers": {role: _fields_of(quantizer) for role, quantizer in layer.quantizers},
    }


def layer_from_json(node: Node) -> Layer:
    """The layer that `layer_to_json` wrote. Raises ProjectFileError."""
    return Layer(
        name=node.get("name").text(),
        op=_op(node),
        inputs=tuple(element.text() for element in node.get("inputs").elements()),
        weights=tuple((role, _tensor(child)) for role, child in node.get("weights").members()),
        quantizers=tuple((role, _quantizer(child)) for role, child in node.get("quantizers").members()),
    )


def _op(node: Node) -> Op:
    kind = KINDS.get(node.get("kind").text())
    if kind is None:
        raise node.get("kind").error(f"'{node.get('kind').text()}' is not a kind of layer this version knows")
    params = node.get("params")
    known = {item.name: item.default for item in fields(kind)}
    for key, child in params.members():
        if key not in known:
            raise child.error(f"{kind.LABEL} has no parameter '{key}'")
    try:
        return kind(**{key: _like(known[key], child) for key, child in params.members()})
    except ValueError as error:
        raise params.error(str(error).rstrip(".")) from error


def _like(default: Any, node: Node) -> Any:
    """The node's value, which must be of the default's type."""
    match default:
        case bool():
            return node.boolean()
        case int():
            return node.integer()
        case float():
            return node.number()
        case tuple():
            return _same_length(default, node)
        case _:
            return node.text()


def _same_length(default: tuple[int, ...], node: Node) -> tuple[int, ...]:
    values = node.integers()
    # Shapes and orders are as long as the data have axes; everything else has one entry for each axis.
    if not node.path.endswith((".shape", ".target", ".order")) and len(values) != len(default):
        raise node.error(f"{len(default)} numbers are expected")
    return values


def _tensor(node: Node) -> TensorRef:
    digest = node.get("digest").text()
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise node.error("the digest is not one of SHA-256")
    return TensorRef(digest, node.get("shape").integers())


def _quantizer(node: Node) -> Quantizer:
    kind = node.get("kind").text()
    if kind not in list(QuantizerKind):
        raise node.error(f"'{kind}' is not a quantiser this version knows")
    alpha = node.get("alpha")
    quantizer = Quantizer(
        kind=QuantizerKind(kind),
        bits=node.get("bits").integer(),
        integer=node.get("integer").integer(),
        signed=node.get("signed").boolean(),
        symmetric=node.get("symmetric").boolean(),
        alpha=alpha.value if isinstance(alpha.value, str) else alpha.number(),
        threshold=_optional_number(node.get("threshold")),
        slope=node.get("slope").number(),
        real=node.get("real").boolean(),
        maximum=_optional_number(node.get("maximum")),
        quadratic=node.get("quadratic").boolean(),
        floor=node.get("floor").boolean(),
    )
    try:
        quantizer.type()
    except ValueError as error:
        raise node.error(str(error).rstrip(".")) from error
    return quantizer


def _optional_number(node: Node) -> float | None:
    return None if node.value is None else node.number()


def _fields_of(value: Op | Quantizer) -> dict[str, Any]:
    """Not `asdict`: it copies deeply, and a window asks ten times a second."""
    return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
