"""What the converter has built, as plain values: read off hls4ml's ModelGraph without importing hls4ml."""

import re
from numbers import Number
from typing import Any

from engine.design import Design
from engine.flows.hls4ml.names import identifiers
from engine.network import Network
from engine.precision import FixedType, PrecisionError, parse

# How hls4ml 1.3 names what it inserts: zp2d_x, clone_x, repack_x, broadcast_x, bnbt_x, x_alpha, x_depthwise, ...
_PREFIX = re.compile(r"^(zp1d|zp2d|clone|repack|broadcast|bnbt)_")
_SUFFIX = re.compile(r"_(alpha|axes|scale|depthwise|pointwise)$")

# Generated code, and what the entry says already.
_HIDDEN = {"config_cpp", "function_cpp", "include_header", "name", "inputs", "outputs", "reuse_factor", "strategy"}

Description = list[dict[str, Any]]


def describe(graph: Any, design: Design) -> Description:
    """One entry for each layer that hls4ml built, in its order.

    `name`, `class`, `sources` (the user's layers it stands for, the one it is named after first), `note` ('yours',
    'inserted' or 'merged'), `inputs` (names of entries), `shape`, `types` (role → type), `weights` (role → shape),
    `fifo_depth` (None unless streamed), `reuse_factor`, `strategy`, and the other plain `attributes`.
    """
    nodes = list(graph.get_layers())
    own = _sources([node.name for node in nodes], design.network)
    producers = {output: node.name for node in nodes for output in node.outputs}
    return [_node(node, own[node.name], producers) for node in nodes]


def _node(node: Any, found: tuple[tuple[str, ...], str], producers: dict[str, str]) -> dict[str, Any]:
    variable = node.get_output_variable()
    sources, note = found
    return {
        "name": node.name,
        "class": node.class_name,
        "sources": list(sources),
        "note": note,
        "inputs": [producers[name] for name in node.inputs if name in producers],
        "shape": [int(extent) for extent in variable.shape],
        "types": {role.removesuffix("_t"): _spelling(each.precision) for role, each in sorted(node.types.items())},
        "weights": {role: [int(extent) for extent in each.shape] for role, each in node.weights.items()},
        "fifo_depth": _fifo_depth(variable),
        "reuse_factor": _plain(node.get_attr("reuse_factor")),
        "strategy": _plain(node.get_attr("strategy")),
        "attributes": _attributes(node),
    }


def _attributes(node: Any) -> dict[str, Any]:
    shown = {key: value for key, value in node.attributes.items() if key not in _HIDDEN and _is_plain(value)}
    return {key: _plain(value) for key, value in sorted(shown.items())}


def _sources(built: list[str], network: Network) -> dict[str, tuple[tuple[str, ...], str]]:
    """Built name → the user's layers it stands for, and what it is to them."""
    names = {identifier: name for name, identifier in identifiers(network.order).items()}
    found: dict[str, tuple[list[str], str]] = {}
    holders: dict[str, str] = {}
    for node in built:
        if node in names:
            found[node] = ([names[node]], "yours")
            holders[names[node]] = node
    for node in built:
        if node not in names:
            stem = names.get(_SUFFIX.sub("", _PREFIX.sub("", node)), "")
            found[node] = ([stem] if stem else [], "inserted")
            holders.setdefault(stem, node)
    for name in network.order:
        _merge(name, network, holders, found)
    return {node: (tuple(sources), note) for node, (sources, note) in found.items()}


def _merge(name: str, network: Network, holders: dict[str, str], found: dict[str, tuple[list[str], str]]) -> None:
    """A layer that has disappeared was melted into the one it read."""
    inputs = network[name].inputs
    if name in holders or not inputs or inputs[0] not in holders:
        return
    holder = holders[name] = holders[inputs[0]]
    found[holder] = ([*found[holder][0], name], "merged")


def _spelling(precision: Any) -> str:
    """hls4ml's `fixed<16,6,TRN,WRAP,0>` as AMD spells it; other types as hls4ml prints them."""
    try:
        found = parse(str(precision))
    except PrecisionError:
        return str(precision)
    return found.canonical if isinstance(found, FixedType) else str(found)


def _fifo_depth(variable: Any) -> int | None:
    pragma = getattr(variable, "pragma", None)
    streamed = isinstance(pragma, tuple) and pragma[0] == "stream"
    return int(pragma[1]) if streamed and pragma is not None else None


def _is_plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(isinstance(each, Number | str) for each in value)
    return isinstance(value, Number | str)


def _plain(value: Any) -> Any:
    """NumPy's numbers become Python's."""
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.item() if hasattr(value, "item") else value
