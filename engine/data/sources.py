"""The sources of data sets: which reader a reference is for."""

from collections.abc import Callable
from math import prod
from pathlib import Path

import resources
from engine.data.csv_file import csv_tables
from engine.data.generated import generated
from engine.data.numpy_file import numpy_tables
from engine.data.public import PUBLIC, place_of
from engine.data.table import Tables, scaled
from engine.design import DataReference, DataSource
from engine.emulate.stored import DataError
from engine.network import Network

CSV_ENDINGS = (".csv", ".tsv", ".txt")
_SHIPPED = Path(resources.__file__).parent / "data"


def read_tables(reference: DataReference, network: Network, only: str = "") -> Tables:
    """What the source holds for the network's inputs; of one that is split itself the split `only`, '': all of them.

    Raises DataError.
    """
    if not network.inputs or not network.outputs:
        raise DataError("The network has no input or no output yet; data can be chosen once it has both.")
    return _READERS[reference.source](reference, network, only)


def _from_file(reference: DataReference, network: Network, only: str) -> Tables:
    path = Path(reference.name)
    if path.suffix.lower() in CSV_ENDINGS:
        return csv_tables(path, network, reference.label)
    return numpy_tables(path, network, only)


def _shipped(reference: DataReference, network: Network, only: str) -> Tables:
    path = _SHIPPED / f"{reference.name}.npz"
    if path.name != f"{reference.name}.npz" or not path.is_file():
        raise DataError(f"No data set '{reference.name}' comes with the studio.")
    tables = numpy_tables(path, network, only)
    return Tables(reference.name.capitalize(), "comes with the studio", tables.splits)


def _from_folder(reference: DataReference, network: Network, only: str) -> Tables:
    # The library of images is wanted where there are some.
    from engine.data.images import image_tables

    return image_tables(Path(reference.name), network, only)


def _fetched(reference: DataReference, network: Network, only: str) -> Tables:
    known = PUBLIC.get(reference.name)
    if known is None:
        raise DataError(f"No public data set is called '{reference.name}'; those known are {', '.join(PUBLIC)}.")
    path = place_of(known.id)
    if not path.is_file():
        raise DataError(
            f"{known.title} is not on this computer yet. Fetch it: Network, Fetch public data; or "
            f"codesign-studio fetch {known.id}."
        )
    size = prod(network.shapes[network.inputs[0]] or ())
    form = known.forms.get(size) if len(network.inputs) == 1 else None
    tables = numpy_tables(path, network, only, None if form is None else known.shape)
    splits = {name: scaled(table, known.scale, known.classes) for name, table in tables.splits.items()}
    if form is not None:
        splits = {name: table.formed(form) for name, table in splits.items()}
    return Tables(known.title, known.source, splits)


def _generated(reference: DataReference, network: Network, only: str) -> Tables:
    return generated(reference, network)


_READERS: dict[DataSource, Callable[[DataReference, Network, str], Tables]] = {
    DataSource.FILE: _from_file,
    DataSource.FOLDER: _from_folder,
    DataSource.SHIPPED: _shipped,
    DataSource.GENERATOR: _generated,
    DataSource.FETCHED: _fetched,
}
