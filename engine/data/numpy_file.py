"""Tables of a NumPy file: `.npz` with one array for each input and answers, split or not; or a `.npy`."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from engine.data.table import WHOLE, Table, Tables
from engine.emulate.arrays import equal_count, finite_rows, found_array
from engine.emulate.several import named_answers
from engine.emulate.stored import DataError, Stored, read_rows, stored_arrays
from engine.network import Network

_ENDINGS = {"train": ("_train",), "validation": ("_validation", "_val", "_valid"), "test": ("_test",)}
_SINGLE = ("x", "data", "arr_0")
_ANSWERS = ("y", "labels", "targets")
_Shapes = Mapping[str, tuple[int, ...]]


def numpy_tables(path: Path, network: Network, only: str = "", shape: tuple[int, ...] | None = None) -> Tables:
    """`x` and `y`, or `x_train`, `y_train`, `x_test`, `y_test` and perhaps `x_val`; with several inputs their names
    stand instead of `x`, with several outputs theirs may stand instead of `y`. Of a file that is split, only the split
    `only` is read, unless that is ''. The samples have the network's shapes, or `shape` where they are stored in
    another one. Raises DataError.
    """
    shapes = {name: network.shapes[name] or () if shape is None else shape for name in network.inputs}
    stored = stored_arrays(path)
    endings = {split: ending for split in _ENDINGS if (ending := _ending(stored, split, network)) is not None}
    if {"train", "test"} <= endings.keys():
        wanted = {split: ending for split, ending in endings.items() if only in ("", split)}
        splits = {split: _table(path, stored, ending, network, shapes) for split, ending in wanted.items()}
    else:
        ending = endings.get("test", "") if len(endings) == 1 else ""
        splits = {WHOLE: _table(path, stored, ending, network, shapes)}
    return Tables(path.stem, str(path), splits)


def _ending(stored: Mapping[str, Stored], split: str, network: Network) -> str | None:
    """With which ending a split's arrays are there."""
    names = [wish for name in network.inputs for wish in _wishes(name, network)]
    return next((end for end in _ENDINGS[split] if any(f"{name}{end}" in stored for name in names)), None)


def _wishes(name: str, network: Network) -> tuple[str, ...]:
    return (name, *_SINGLE) if len(network.inputs) == 1 else (name,)


def _table(path: Path, stored: Mapping[str, Stored], ending: str, network: Network, shapes: _Shapes) -> Table:
    sources = {
        name: found_array(stored, [f"{wish}{ending}" for wish in _wishes(name, network)], name, shape, path)
        for name, shape in shapes.items()
    }
    count = equal_count(stored, sources, path)
    inputs = {name: finite_rows(path, source, shapes[name], count) for name, source in sources.items()}
    if by_output := named_answers(path, stored, network, count, count, ending):
        return Table(inputs, by_output=by_output)
    answers = next((f"{name}{ending}" for name in _ANSWERS if f"{name}{ending}" in stored), None)
    if answers is None:
        return Table(inputs)
    where = f"The answers '{answers}' in {path.name}"
    found = stored[answers]
    if not found.is_numbers or found.shape[:1] != (count,):
        raise DataError(f"{where} are {found.form}; give one number or one row of numbers for each of {count} samples.")
    values = read_rows(path, answers, count)
    finite = np.isfinite(values.reshape(count, -1)).all(axis=1)
    if not finite.all():
        raise DataError(f"{where} are no finite number for sample {int(finite.argmin())}. Leave such samples out.")
    return Table(inputs, values, where=where)
