"""What reading a model file gives."""

from dataclasses import dataclass

from engine.network import Network


@dataclass(frozen=True, slots=True)
class ReadModel:
    """A network with its weights in the tensor store, a name for it, and what the reader did on the way."""

    network: Network
    name: str
    notes: tuple[str, ...] = ()
