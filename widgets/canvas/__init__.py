"""The network as a picture one can edit: layered layout, wires, zoom levels, gestures.

    from widgets.canvas.blocks import find_blocks
    from widgets.canvas.model import CanvasModel, EdgeView, Heat, NodeView
    from widgets.canvas.view import CanvasView

    view = CanvasView()
    view.set_model(CanvasModel(nodes, edges, find_blocks(nodes, edges)))
    view.set_heat(Heat("DSP", theme.current().color("resource.DSP").name()))
    view.connect_requested.connect(...)

The canvas shows values and asks for edits; it never changes what it shows. Model, blocks and layout need
no Qt, which is why nothing is imported here.
"""
