"""What reading a model file gives."""

from dataclasses import dataclass

from engine.design.settings import Settings
from engine.network import Network


@dataclass(frozen=True, slots=True)
class ReadModel:
    """A network with its weights in the tensor store, a name for it, and what the reader did on the way."""

    network: Network
    name: str
    notes: tuple[str, ...] = ()
    settings: tuple[tuple[str, Settings], ...] = ()
    """Types that the file states or needs and that no quantiser of the network stands for."""
    lost: tuple[str, ...] = ()
    """What the network does not keep of the file, to be told to the person."""
