"""A design as JSON and back. Nothing is executed; what does not fit is a ProjectFileError with its place."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar

from engine.boards import Board, Origin, format_board, parse_board
from engine.design import DataReference, DataSource, Design, Requirement, Settings, Target, Value
from engine.network import Network
from engine.precision import Auto, FixedType, parse
from engine.project.fields import Node
from engine.project.layers import layer_from_json, layer_to_json

Made = TypeVar("Made")


def design_to_json(design: Design) -> dict[str, Any]:
    """Everything a design holds, as values JSON knows; weights by their digests."""
    return {
        "name": design.name,
        "network": {"layers": [layer_to_json(layer) for layer in design.network.layers]},
        "target": {
            # The whole board travels along: a board of the user's own opens on any computer.
            "board": {"file": format_board(design.target.board), "origin": design.target.board.origin},
            "clock_ns": design.target.clock_ns,
            "flow": design.target.flow,
            "io_type": design.target.io_type,
        },
        "defaults": _settings_to_json(design.defaults),
        "kinds": {kind: _settings_to_json(settings) for kind, settings in design.kinds},
        "layers": {name: _settings_to_json(settings) for name, settings in design.layers},
        "requirement": _present(max_latency_us=design.requirement.max_latency_us, min_rate=design.requirement.min_rate),
        "positions": {name: list(position) for name, position in design.positions},
        # Left out where there are none: designs of earlier versions keep their digests.
        **({"fifo_depths": dict(design.fifo_depths)} if design.fifo_depths else {}),
        **({"data": asdict(design.data)} if design.data else {}),
    }


def design_from_json(data: Any) -> Design:
    """The design that `design_to_json` wrote. Raises ProjectFileError."""
    root = Node(data, "")
    try:
        return _design(root)
    except RecursionError as error:
        raise root.error("it is nested too deeply") from error
    except OverflowError as error:
        raise root.error("a number is too large") from error


def _design(root: Node) -> Design:
    layers = tuple(layer_from_json(node) for node in root.get("network").get("layers").elements())
    network = _guarded(root.get("network"), lambda: Network(layers))
    _check_weights(root.get("network").get("layers"), network)
    return Design(
        name=root.get("name").text(),
        network=network,
        target=_target(root.get("target")),
        defaults=_settings(root.get("defaults")),
        kinds=_settings_by_name(root.get("kinds")),
        layers=_settings_by_name(root.get("layers")),
        requirement=_requirement(root.get("requirement")),
        positions=tuple(sorted((name, _position(node)) for name, node in root.get("positions").members())),
        fifo_depths=_fifo_depths(root.find("fifo_depths")),
        data=_data(root.find("data")),
    )


def _check_weights(node: Node, network: Network) -> None:
    for layer in network.layers:
        shapes = network.input_shapes(layer.name)
        needed = layer.op.weight_shapes(shapes) if shapes is not None else {}
        for role, ref in layer.weights:
            if shapes is not None and needed.get(role) != ref.shape:
                raise node.error(f"the weights '{role}' of '{layer.name}' have the shape {ref.shape}")


def _target(node: Node) -> Target:
    board = _board(node.get("board"))
    clock, flow, io_type = node.get("clock_ns").number(), node.get("flow").text(), node.get("io_type").text()
    return _guarded(node, lambda: Target(board, clock, flow, io_type))


def _board(node: Node) -> Board:
    origin = node.get("origin").text()
    if origin not in list(Origin):
        raise node.get("origin").error(f"'{origin}' is not one of {', '.join(Origin)}")
    return _guarded(node, lambda: parse_board(node.get("file").text(), "the board", Origin(origin)))


def _requirement(node: Node) -> Requirement:
    latency, rate = node.find("max_latency_us"), node.find("min_rate")
    return Requirement(latency.number() if latency else None, rate.number() if rate else None)


def _position(node: Node) -> tuple[float, float]:
    numbers = [element.number() for element in node.elements()]
    if len(numbers) != 2:
        raise node.error("a position has two numbers")
    return numbers[0], numbers[1]


def _fifo_depths(node: Node | None) -> tuple[tuple[str, int], ...]:
    """Files of earlier versions have none."""
    found = {name: child.integer() for name, child in node.members()} if node else {}
    if node and any(depth < 1 for depth in found.values()):
        raise node.error("a FIFO holds at least one word")
    return tuple(sorted(found.items()))


def _data(node: Node | None) -> DataReference | None:
    """Designs without a data set have none."""
    if node is None:
        return None
    source = node.get("source").text()
    if source not in list(DataSource):
        raise node.get("source").error(f"'{source}' is not one of {', '.join(DataSource)}")
    name, label, seed = node.get("name").text(), node.get("label").text(), node.get("seed").integer()
    validation, test = node.get("validation").number(), node.get("test").number()
    return _guarded(node, lambda: DataReference(DataSource(source), name, label, seed, validation, test))


def _settings_by_name(node: Node) -> tuple[tuple[str, Settings], ...]:
    return tuple(sorted(((name, _settings(child)) for name, child in node.members()), key=lambda pair: pair[0]))


def _settings(node: Node) -> Settings:
    return Settings(tuple(sorted(((key, _value(child)) for key, child in node.members()), key=lambda item: item[0])))


def _settings_to_json(settings: Settings) -> dict[str, Any]:
    return {key: _value_to_json(value) for key, value in settings.items}


def _value_to_json(value: Value) -> Any:
    # A type is an object, so that a text setting that looks like one stays a text.
    return {"type": str(value)} if isinstance(value, FixedType | Auto) else value


def _value(node: Node) -> Value:
    if isinstance(node.value, dict):
        return _guarded(node, lambda: parse(node.get("type").text()))
    if isinstance(node.value, bool | str):
        return node.value
    return node.integer() if isinstance(node.value, int) else node.number()


def _present(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _guarded(node: Node, make: Callable[[], Made]) -> Made:
    """Call `make`; a ValueError of the engine's values becomes one that names the place in the file."""
    try:
        return make()
    except ValueError as error:
        raise node.error(str(error).rstrip(".")) from error
