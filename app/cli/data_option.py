"""The option `--data`: which data set, by a file or a name."""

from argparse import ArgumentParser
from pathlib import Path

from engine.data.offers import offers
from engine.design import DataReference, DataSource, Design, set_data
from engine.network import Network


def add_data_option(parser: ArgumentParser) -> None:
    """Offer it."""
    names = ", ".join(_references(Network()))
    parser.add_argument(
        "--data",
        metavar="DATA",
        help=f"a file (.npz, .csv), a folder of images, or a data set by its name: {names}; else that of the project",
    )


def with_data(design: Design, given: str | None) -> Design:
    """The design with the data set that was given. Raises ValueError where there is none."""
    if given is None:
        if design.data is None:
            raise ValueError("The project has no data set: name one with --data.")
        return design
    return set_data(design, reference_of(given, design.network))


def reference_of(given: str, network: Network) -> DataReference:
    """A data set by its path or name. Raises ValueError where there is none."""
    path = Path(given)
    if path.exists():
        return DataReference(DataSource.FOLDER if path.is_dir() else DataSource.FILE, str(path.absolute()))
    known = _references(network)
    if given not in known:
        raise ValueError(f"--data {given}: there is no such file or folder; data sets are {', '.join(known)}.")
    return known[given]


def _references(network: Network) -> dict[str, DataReference]:
    return {offer.reference.name: offer.reference for offer in offers(network)}
