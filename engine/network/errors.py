"""What can be wrong with a network or an edit of one. The engine raises, the window words."""


class NetworkError(ValueError):
    """Base of all errors of this room; `layer` names where, the message says what and what to do."""

    def __init__(self, message: str, layer: str = "") -> None:
        super().__init__(message)
        self.layer = layer


class ShapeError(NetworkError):
    """The shapes that meet at a layer do not fit its kind."""


class CycleError(NetworkError):
    """An edge would close a loop."""


class WiringError(NetworkError):
    """An edge to or from a port that cannot take it."""


class LayerNameError(NetworkError):
    """A layer name that is taken, empty, or unknown."""
