"""A data set from what a project refers to."""

from collections.abc import Callable
from pathlib import Path

import resources
from engine.data.csv_file import csv_tables
from engine.data.data_set import DataSet
from engine.data.fit import fitted
from engine.data.generated import generated
from engine.data.numpy_file import numpy_tables
from engine.data.public import PUBLIC, place_of
from engine.data.split import held_out, shared_out
from engine.data.table import WHOLE, Table, Tables, scaled
from engine.design import DataReference, DataSource
from engine.emulate.data import Samples
from engine.emulate.stored import DataError
from engine.network import Network

CSV_ENDINGS = (".csv", ".tsv", ".txt")
_SHIPPED = Path(resources.__file__).parent / "data"

Read = Callable[[DataReference, Network], Tables]


def load_data_set(reference: DataReference, network: Network) -> DataSet:
    """The whole data set, checked against the network. Raises DataError, which names the file and the sample."""
    if not network.inputs or not network.outputs:
        raise DataError("The network has no input or no output yet; data can be chosen once it has both.")
    tables = _READERS[reference.source](reference, network)
    splits = {name: fitted(table, network) for name, table in tables.splits.items()}
    train, validation, test = _three(splits, reference)
    classes = _classes(tuple(tables.splits.values()), tuple(splits.values()))
    own = tuple(name for name in tables.splits if name != WHOLE)
    return DataSet(tables.name, tables.source, train, validation, test, classes, own)


def _three(splits: dict[str, Samples], reference: DataReference) -> tuple[Samples, Samples, Samples]:
    """As the source has split itself, else by the reference's shares."""
    if WHOLE in splits:
        return shared_out(splits[WHOLE], reference)
    train, test = splits["train"], splits["test"]
    if "validation" in splits:
        return train, splits["validation"], test
    return *held_out(train, reference), test


def _classes(tables: tuple[Table, ...], splits: tuple[Samples, ...]) -> tuple[str, ...]:
    """The classes' names, else their numbers; none without labels."""
    labels = [samples.labels for samples in splits if samples.labels is not None and len(samples.labels)]
    if not labels:
        return ()
    count = 1 + max(int(each.max()) for each in labels)
    named = next((table.classes for table in tables if table.classes), ())
    return named if len(named) >= count else tuple(map(str, range(count)))


def _from_file(reference: DataReference, network: Network) -> Tables:
    path = Path(reference.name)
    if path.suffix.lower() in CSV_ENDINGS:
        return csv_tables(path, network, reference.label)
    return numpy_tables(path, network)


def _shipped(reference: DataReference, network: Network) -> Tables:
    path = _SHIPPED / f"{reference.name}.npz"
    if path.name != f"{reference.name}.npz" or not path.is_file():
        raise DataError(f"No data set '{reference.name}' comes with the studio.")
    tables = numpy_tables(path, network)
    return Tables(reference.name.capitalize(), "comes with the studio", tables.splits)


def _from_folder(reference: DataReference, network: Network) -> Tables:
    # The library of images is wanted where there are some.
    from engine.data.images import image_tables

    return image_tables(Path(reference.name), network)


def _fetched(reference: DataReference, network: Network) -> Tables:
    known = PUBLIC.get(reference.name)
    if known is None:
        raise DataError(f"No public data set is called '{reference.name}'; those known are {', '.join(PUBLIC)}.")
    path = place_of(known.id)
    if not path.is_file():
        raise DataError(f"{known.title} is not on this computer yet. Fetch it: Network, Fetch public data.")
    tables = numpy_tables(path, network)
    splits = {name: scaled(table, known.scale, known.classes) for name, table in tables.splits.items()}
    return Tables(known.title, known.source, splits)


_READERS: dict[DataSource, Read] = {
    DataSource.FILE: _from_file,
    DataSource.FOLDER: _from_folder,
    DataSource.SHIPPED: _shipped,
    DataSource.GENERATOR: generated,
    DataSource.FETCHED: _fetched,
}
