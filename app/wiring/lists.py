"""The wires of the lists: palette of layers, outline, findings."""

from app.main_window import MainWindow


def wire_lists(window: MainWindow) -> None:
    """Connect what lists layers and findings."""
    space, panels = window.workspace, window.panels
    panels.layers.chosen.connect(lambda kind: space.edits.add(kind))
    panels.outline.selected.connect(space.selection.set)
    panels.outline.hovered.connect(space.selection.hover)
    panels.findings.layers_requested.connect(space.selection.set)
    panels.findings.fix_requested.connect(lambda fix: space.edits.apply(fix.text, fix.edit))
    window.status.findings_requested.connect(lambda: window.docks.show("findings"))

    def show_selection() -> None:
        panels.outline.set_selection(space.selection.names)
        panels.where.set_selected(frozenset(space.selection.names))
        window.commands.refresh()

    space.selection.changed.connect(show_selection)
    space.selection.hover_changed.connect(lambda name: panels.where.set_hovered(name or ""))
