"""A data set from what a project refers to."""

from engine.data.data_set import SPLITS, DataSet
from engine.data.fit import fitted
from engine.data.sources import read_tables
from engine.data.split import held_out, shared_out
from engine.data.table import WHOLE, Table
from engine.design import DataReference
from engine.emulate.data import Samples
from engine.emulate.stored import DataError
from engine.network import Network


def load_data_set(reference: DataReference, network: Network) -> DataSet:
    """The whole data set, checked against the network. Raises DataError, which names the file and the sample."""
    tables = read_tables(reference, network)
    splits = {name: fitted(table, network) for name, table in tables.splits.items()}
    train, validation, test = _three(splits, reference)
    classes = _classes(tuple(tables.splits.values()), tuple(splits.values()))
    own = tuple(name for name in tables.splits if name != WHOLE)
    return DataSet(tables.name, tables.source, train, validation, test, classes, own)


def load_split(reference: DataReference, network: Network, split: str, most: int) -> tuple[Samples, str]:
    """At most `most` samples of `train` or `test`, evenly taken: they may be sorted by class; and the set's name.

    Of a source that is split itself nothing else is read. Raises DataError, also where the split has no samples.
    """
    tables = read_tables(reference, network, split)
    if split in tables.splits:
        samples = fitted(tables.splits[split].evenly(most), network)
    else:
        whole = shared_out(fitted(tables.splits[WHOLE], network), reference)
        samples = whole[SPLITS.index(split)].part(0, most)
    if not len(samples):
        raise DataError(f"{tables.name} has no samples for the split '{split}'. Change its shares.")
    return samples, tables.name


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
