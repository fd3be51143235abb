"""Edits of the network: add, insert, connect, delete, rename, copy and paste."""

import json
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QByteArray, QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from app.document import Document
from app.selection import Edge, Selection
from engine.design import Design, move, with_network
from engine.network import UNCONNECTED, Layer, Network, edits
from engine.network.kinds.activation import Activation
from engine.network.op import Op
from engine.network.variants import new_op
from engine.project.fields import Node, ProjectFileError
from engine.project.layers import layer_from_json, layer_to_json

LAYERS_MIME = "application/x-codesign-layers"
_PASTE_OFFSET = 40.0


class EditController(QObject):
    """Turns gestures into edits; what the engine refuses is said through `refused`."""

    refused = Signal(str)

    def __init__(self, document: Document, selection: Selection) -> None:
        super().__init__(document)
        self._document = document
        self._selection = selection

    @property
    def _network(self) -> Network:
        return self._document.design.network

    def apply(self, text: str, function: Callable[[Design], Design]) -> bool:
        """Apply an edit; say why if it is refused. Returns whether it was applied."""
        try:
            self._document.edit(text, function)
        except ValueError as error:
            self.refused.emit(str(error))
            return False
        self._selection.keep_within(self._network)
        return True

    def add(self, kind: str, edge: Edge | None = None, at: tuple[float, float] | None = None) -> None:
        """Add a layer: onto an edge, at a place, or onto the selected edge or behind the selected layers.

        `kind` is named as in `variants`.
        """
        op = new_op(kind)
        name = edits.free_name(self._network, _stem(op))
        edge = edge or (None if at else self._selection.edge or self._edge_behind_selection())
        if edge is not None:
            source, target, port = edge
            applied = self._edit_network(
                f"Insert {op.LABEL}", lambda n: edits.insert_on_edge(n, source, target, port, op, name)
            )
        else:
            applied = self._add_behind(op, name, self._first_source() if at else self._default_sources(op), at)
        if applied:
            self._selection.set([name])

    def add_after(self, kind: str, source: str, at: tuple[float, float]) -> None:
        """Add a layer at a place, reading one that exists."""
        op = new_op(kind)
        name = edits.free_name(self._network, _stem(op))
        if self._add_behind(op, name, (source,), at):
            self._selection.set([name])

    def why_not_connect(self, source: str, target: str, port: int | None = None) -> str:
        """Why two layers cannot be connected, or ''. Tried on a copy: nothing changes."""
        try:
            edits.connect(self._network, source, target, self._free_port(target) if port is None else port)
        except ValueError as error:
            return str(error)
        return ""

    def connect_layers(self, source: str, target: str, port: int) -> None:
        """Let `target` read `source`."""
        self._edit_network(f"Connect {source} to {target}", lambda n: edits.connect(n, source, target, port))

    def disconnect_layers(self, source: str, target: str, port: int) -> None:
        """Open an input."""
        self._edit_network(f"Disconnect {source} from {target}", lambda n: edits.disconnect(n, target, port))

    def delete_selected(self) -> None:
        """Delete the selected layers and reconnect around them, or delete the selected edge."""
        names = self._selection.names
        if self._selection.edge is not None:
            self.disconnect_layers(*self._selection.edge)
        elif names:
            text = f"Delete {names[0]}" if len(names) == 1 else f"Delete {len(names)} layers"
            self._edit_network(text, lambda n: edits.remove_layers(n, names))

    def rename(self, name: str, new: str) -> None:
        """Give a layer another name; its settings and its place go with it."""
        applied = self.apply(
            f"Rename {name} to {new}", lambda d: with_network(d, edits.rename(d.network, name, new), {name: new})
        )
        if applied:
            self._selection.set(new if each == name else each for each in self._selection.names or (new,))

    def set_op_or_raise(self, name: str, op: Op, text: str) -> None:
        """Change a layer's parameters. Raises NetworkError, for a form that says beside the field what is wrong."""
        self._document.edit(text, lambda d: with_network(d, edits.replace_op(d.network, name, op)))

    def copy_selected(self) -> None:
        """Put the selected layers on the clipboard, with their settings."""
        if not self._selection.names:
            return
        design = self._document.design
        content = [layer_to_json(design.network[name]) for name in self._selection.names]
        data = QMimeData()
        data.setData(LAYERS_MIME, QByteArray(json.dumps(content).encode()))
        data.setText("\n".join(self._selection.names))
        QGuiApplication.clipboard().setMimeData(data)

    def cut_selected(self) -> None:
        """Copy, then delete."""
        self.copy_selected()
        self.delete_selected()

    def paste(self) -> None:
        """Add the layers on the clipboard under free names."""
        data = QGuiApplication.clipboard().mimeData()
        if data is None or not data.hasFormat(LAYERS_MIME):
            self.refused.emit("There are no layers on the clipboard.")
            return
        try:
            nodes = Node(json.loads(bytes(data.data(LAYERS_MIME).data())), "clipboard").elements()
            self._paste(tuple(self._with_known_weights(layer_from_json(node)) for node in nodes), "Paste")
        except (ProjectFileError, ValueError) as error:
            self.refused.emit(str(error))

    def duplicate_selected(self) -> None:
        """Copies of the selected layers beside them."""
        self._paste(tuple(self._network[name] for name in self._selection.names), "Duplicate")

    def move_nodes(self, positions: dict[str, tuple[float, float]]) -> None:
        """Remember where nodes were dragged to."""
        known = {name: place for name, place in positions.items() if name in self._network}
        what = f"{len(known)} layers" if len(known) > 1 else next(iter(known), "")
        self.apply(f"Move {what}", lambda d: move(d, known))

    def clean_up(self) -> None:
        """Forget dragged positions: the automatic layout places everything."""
        self.apply("Lay out automatically", lambda d: replace(d, positions=()))

    def _edit_network(self, text: str, function: Callable[[Network], Network]) -> bool:
        return self.apply(text, lambda design: with_network(design, function(design.network)))

    def _add_behind(self, op: Op, name: str, sources: tuple[str, ...], at: tuple[float, float] | None) -> bool:
        def edit(design: Design) -> Design:
            added = with_network(design, edits.add_layer(design.network, op, name, sources))
            return move(added, {name: at}) if at else added

        return self.apply(f"Add {op.LABEL}", edit)

    def _default_sources(self, op: Op) -> tuple[str, ...]:
        """What a layer added without a place reads: the selection, else the network's only output."""
        fewest, most = op.PORTS
        candidates = self._selection.names or self._network.outputs[-1:]
        return candidates[: max(fewest, 0)] if most is not None else candidates

    def _edge_behind_selection(self) -> Edge | None:
        """The edge that leaves the selected layer, if it is the only one: a new layer goes between."""
        if len(self._selection.names) != 1:
            return None
        source = self._selection.names[0]
        readers = self._network.consumers[source]
        if len(readers) != 1:
            return None
        return source, readers[0], self._network[readers[0]].inputs.index(source)

    def _first_source(self) -> tuple[str, ...]:
        """What the very first layer reads wherever it is dropped: the input."""
        network = self._network
        return network.inputs[:1] if len(network.layers) == len(network.inputs) else ()

    def _free_port(self, target: str) -> int:
        """The port that a wire drawn to a layer takes, as on the canvas: a full layer reads another source instead."""
        layer = self._network[target]
        if UNCONNECTED in layer.inputs:
            return layer.inputs.index(UNCONNECTED)
        most = layer.op.PORTS[1]
        return len(layer.inputs) if most is None or len(layer.inputs) < most else 0

    def _paste(self, layers: tuple[Layer, ...], text: str) -> None:
        names: dict[str, str] = {}

        def edit(design: Design) -> Design:
            network, found = edits.paste(design.network, layers)
            names.update(found)
            settings = tuple((found[layer.name], design.of_layer(layer.name)) for layer in layers)
            pasted = with_network(design, network)
            places = dict(design.positions)
            moved = {
                found[old]: (places[old][0] + _PASTE_OFFSET, places[old][1] + _PASTE_OFFSET)
                for old in found
                if old in places
            }
            kept = (*pasted.layers, *((name, each) for name, each in settings if each))
            return move(replace(pasted, layers=tuple(sorted(kept, key=lambda pair: pair[0]))), moved)

        if layers and self.apply(f"{text} {len(layers)} layers" if len(layers) > 1 else text, edit):
            self._selection.set(names.values())

    def _with_known_weights(self, layer: Layer) -> Layer:
        stored = self._document.tensors.digests()
        return replace(layer, weights=tuple(pair for pair in layer.weights if pair[1].digest in stored))


def _stem(op: Op) -> str:
    return op.function if isinstance(op, Activation) else {"merge": "add"}.get(op.KIND, op.KIND)
