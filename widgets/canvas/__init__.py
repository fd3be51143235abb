"""The network as a picture one can edit: layered layout, wires, zoom levels, gestures."""
