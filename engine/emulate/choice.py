"""Which samples a network is emulated on: the user's, else those that ship with it, else made-up ones."""

from dataclasses import dataclass
from pathlib import Path

import resources
from engine.emulate.data import load_samples
from engine.emulate.stored import DataError
from engine.network import Network
from engine.network.counts import network_counts

MOST = 10_000
"""Samples run of a file of the user's."""

_SHIPPED = Path(resources.__file__).parent / "examples" / "data"
"""Samples that the examples' training has not seen, one file for each, named like the example."""
_SHIPPED_COUNT = 500

_WORK = 2e9
"""Multiply-accumulates that the generated C++ emulates in about a minute."""
_FEWEST_MADE_UP, _MOST_MADE_UP = 20, 1000


@dataclass(frozen=True, slots=True)
class Choice:
    """A file of samples, None for made-up ones, and how many of them are run at most."""

    path: Path | None
    count: int

    @property
    def arguments(self) -> dict[str, object]:
        """The same as arguments of an emulate job."""
        return {"data": None if self.path is None else str(self.path.absolute()), "samples": self.count}


def choose_samples(name: str, network: Network, given: Path | None = None, looked_at: int = MOST) -> Choice:
    """The samples for a design of this name.

    Raises DataError when the file given does not fit, of which the values of the first `looked_at` samples are read.
    """
    if given is not None:
        load_samples(given, network, looked_at)
        return Choice(given, MOST)
    shipped = _SHIPPED / f"{Path(name).name}.npz"
    return Choice(shipped, _SHIPPED_COUNT) if _fits(shipped, network) else Choice(None, usual_count(network))


def usual_count(network: Network) -> int:
    """How many made-up samples are run: as many as take about a minute, 20 to 1,000."""
    return int(min(max(_WORK / max(network_counts(network).macs, 1), _FEWEST_MADE_UP), _MOST_MADE_UP))


def _fits(shipped: Path, network: Network) -> bool:
    """Whether the network is still one for these samples: an example may have been edited."""
    try:
        load_samples(shipped, network, _SHIPPED_COUNT)
    except DataError:
        return False
    return True
