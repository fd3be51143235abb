"""The wires of the canvas: gestures become edits, the selection is shared."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from app.folders import EXAMPLES
from app.main_window import MainWindow
from app.palette import kind_entries
from app.selection import Edge
from engine.advice.words import plural
from widgets.canvas.axis import Direction
from widgets.canvas.empty import StartAction

_EXAMPLES = (("digits_resnet", "Digits ResNet"), ("jet_tagger", "Jet tagger"))


def wire_canvas(window: MainWindow) -> None:
    """Connect the canvas and its header."""
    space, canvas, panel = window.workspace, window.canvas, window.panels.centre
    edits, selection, view = space.edits, space.selection, space.view
    canvas.set_can_connect(lambda source, target: edits.why_not_connect(source, target) or None)
    canvas.selection_changed.connect(selection.set)
    canvas.edge_selected.connect(selection.set_edge)
    canvas.edge_selected.connect(lambda _edge: window.commands.refresh())
    canvas.hovered.connect(selection.hover)
    canvas.moved.connect(edits.move_nodes)
    canvas.connect_requested.connect(edits.connect_layers)
    canvas.disconnect_requested.connect(edits.disconnect_layers)
    canvas.insert_requested.connect(lambda kind, edge, x, y: edits.add(kind, edge, None if edge else (x, y)))
    canvas.delete_requested.connect(edits.delete_selected)
    canvas.add_menu_requested.connect(lambda x, y, into: _ask_kind(window, (x, y), into))
    canvas.context_menu_requested.connect(lambda ids, at: _context_menu(window, ids, at))
    canvas.zoom_changed.connect(window.status.show_zoom)
    canvas.activated.connect(lambda _name: window.docks.show("inspector"))
    canvas.set_start_actions(
        [StartAction("open", "Open a model…", "open"), *(StartAction(i, text, "document") for i, text in _EXAMPLES)]
    )
    canvas.start_requested.connect(lambda action: _start(window, action))
    selection.changed.connect(lambda: canvas.set_selection(selection.names))
    selection.hover_changed.connect(canvas.set_hover)

    def show_header() -> None:
        design = space.document.design
        panel.header.set_title(design.name)
        panel.header.set_detail(_size(len(design.network.layers), *canvas.rows()))
        panel.show_overlay(view.overlay)

    view.shown.connect(show_header)
    canvas.laid_out.connect(show_header)
    show_header()


def _size(layers: int, rows: int, direction: Direction) -> str:
    """`17 layers, 2 rows`; a single row goes without saying."""
    lines = plural(rows, "row" if direction == "rows" else "column")
    return f"{plural(layers, 'layer')}, {lines}" if rows > 1 else plural(layers, "layer")


def _ask_kind(window: MainWindow, at: tuple[float, float], into: str | Edge | None) -> None:
    """Ask which layer to add at a place on the canvas: reading a layer, or on an edge."""
    edits = window.workspace.edits

    def add(entry_id: str) -> None:
        kind = entry_id.removeprefix("add:")
        if isinstance(into, str):
            edits.add_after(kind, into, at)
        else:
            edits.add(kind, into, None if into else at)

    window.ask(kind_entries(), add)


def _context_menu(window: MainWindow, ids: tuple[str, ...], at: QPoint) -> None:
    """What one can do with the layers or the edge under the mouse."""
    if ids:
        window.workspace.selection.set(ids)
    menu = QMenu(window)
    chosen = (
        "edit.cut",
        "edit.copy",
        "edit.paste",
        "edit.duplicate",
        "edit.delete",
        "network.connect",
        "network.rename",
    )
    settings = ("network.reuse", "network.precision", "network.reset_all", "view.fold", "view.fit")
    ground = ("network.add", "edit.paste", "view.home", "view.clean")
    on_edge = ("network.add", "edit.delete", "view.home")
    for command_id in chosen if ids else on_edge if window.workspace.selection.edge else ground:
        menu.addAction(window.commands.action(command_id))
    if ids:
        menu.addSeparator()
        for command_id in settings:
            menu.addAction(window.commands.action(command_id))
    window.commands.refresh()
    menu.exec(at)
    menu.deleteLater()


def _start(window: MainWindow, action: str) -> None:
    if action == "open":
        window.workspace.files.ask_open()
    else:
        window.studio.open_path(EXAMPLES / f"{action}.codesign")
