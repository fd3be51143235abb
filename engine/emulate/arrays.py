"""The arrays of a NumPy file that belong to a network's inputs: their kind, shape and values are checked."""

from collections.abc import Mapping, Sequence
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.stored import DataError, Stored, read_rows

Array = NDArray[Any]


def found_array(
    stored: Mapping[str, Stored], wishes: Sequence[str], name: str, shape: tuple[int, ...], path: Path
) -> str:
    """The first of the arrays wished for that is there, which must have samples of the input's shape, be it with the
    channels first or as a list.
    """
    source = next((wish for wish in wishes if wish in stored), None)
    if source is None:
        known, use = ", ".join(stored) or "nothing", " or ".join(f"'{wish}'" for wish in dict.fromkeys(wishes[:2]))
        raise DataError(
            f"There are no samples for the input '{name}'; the file holds {known}. Call the array {use} in {path.name}."
        )
    found, wanted = stored[source], "×".join(map(str, ("samples", *shape)))
    where = f"'{source}' in {path.name}"
    if found.dtype.hasobject:
        raise DataError(f"{where} holds Python objects, which are never unpickled. Save it as an array of numbers.")
    if not found.is_numbers or len(found.shape) < 2 or not _fits(found.shape[1:], shape):
        raise DataError(f"Input '{name}' needs numbers of the shape {wanted}; {where} is {found.form}.")
    return source


def equal_count(stored: Mapping[str, Stored], sources: Mapping[str, str], path: Path) -> int:
    """How many samples the arrays of all inputs have; at least one, and equally many."""
    counts = {stored[source].shape[0] for source in sources.values()}
    if len(counts) != 1:
        found = ", ".join(f"{stored[source].shape[0]} for '{name}'" for name, source in sources.items())
        raise DataError(f"{path.name} has not equally many samples for each input: {found}.")
    count = counts.pop()
    if count == 0:
        raise DataError(f"{path.name} holds no samples: its arrays have the length 0. At least one is needed.")
    return count


def finite_rows(path: Path, source: str, shape: tuple[int, ...], count: int) -> Array:
    """The first `count` samples (count, *shape) as they are stored; a sample that is not finite is named."""
    values = _laid_out(read_rows(path, source, count), shape)
    finite = np.isfinite(values.reshape(count, -1)).all(axis=1)
    if not finite.all():
        others = int((~finite).sum()) - 1
        more = "" if not others else ", as does 1 other" if others == 1 else f", as do {others:,} others"
        raise DataError(
            f"Sample {int(finite.argmin())} of '{source}' in {path.name} holds values that are not finite numbers"
            f"{more}. Leave such samples out."
        )
    return values


def _fits(stored: tuple[int, ...], shape: tuple[int, ...]) -> bool:
    """Whether stored samples are those of a shape: as they are, as a list, or with the channels first."""
    given, wanted = _extents(stored), _extents(shape)
    is_list = len(given) < 2 or len(wanted) < 2
    return prod(stored) == prod(shape) and (is_list or given in (wanted, _channels_first(wanted)))


def _laid_out(values: Array, shape: tuple[int, ...]) -> Array:
    """The samples (count, *shape); channels that come first are put last: reshaping would mix them up."""
    given, wanted = _extents(values.shape[1:]), _extents(shape)
    if len(wanted) > 1 and given != wanted and given == _channels_first(wanted):
        values = np.moveaxis(values.reshape(-1, *given), 1, -1)
    return values.reshape(-1, *shape)


def _extents(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(extent for extent in shape if extent != 1)


def _channels_first(extents: tuple[int, ...]) -> tuple[int, ...]:
    return (*extents[-1:], *extents[:-1])
