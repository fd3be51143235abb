"""A table of numbers as text: one sample a line, its features and, in a column or some, the right answers."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path

import numpy as np

from engine.data.table import WHOLE, Array, Table, Tables
from engine.emulate.stored import DataError
from engine.emulate.task import output_values
from engine.network import Network

_CALLED = ("label", "class", "target", "y", "category", "species")
"""What a column of answers is called, where nobody said which one it is."""
_DELIMITERS = ",;\t"
_MOST_BYTES = 1 << 27
_LARGEST = float(np.finfo(np.float32).max)


def csv_tables(path: Path, network: Network, label: str = "") -> Tables:
    """The lines of a file whose columns are the input's values, in order, and answers: a column of classes by number or
    name, or a value for each output. The first line may name the columns. Raises DataError, naming the line.
    """
    if len(network.inputs) != 1:
        raise DataError(f"{path.name} holds one table, the network has {len(network.inputs)} inputs. Give a .npz file.")
    lines = [*_lines(path)]
    if not lines:
        raise DataError(f"{path.name} is empty. Give one line for each sample.")
    _check_lengths(path, lines)
    names = lines.pop(0)[1] if _is_header(lines[0][1]) else ()
    if not lines:
        raise DataError(f"{path.name} holds names of columns but no samples.")
    columns = _columns(path, names, len(lines[0][1]), network, label)
    inputs = _numbers(path, lines, columns.inputs, names)
    if not columns.answers and not names:
        _check_no_classes(path, inputs, network)
    answers, classes = _answers(path, lines, columns, names)
    table = Table({network.inputs[0]: inputs}, answers, classes, f"The answers in {path.name}")
    return Tables(path.stem, str(path), {WHOLE: table})


@dataclass(frozen=True, slots=True)
class _Columns:
    """Places of columns."""

    inputs: tuple[int, ...]
    answers: tuple[int, ...]


_Lines = list[tuple[int, list[str]]]


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Number, from 1, and cells of each line that is not empty."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise DataError(f"{path.name} is larger than 128 MB. Give it as .npz, which is read much faster.")
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            delimiter = max(_DELIMITERS, key=first.count)
            reader = csv.reader(file, delimiter=delimiter)
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield reader.line_num, cells
    except OSError as error:
        raise DataError(f"{path.name} could not be read: {error.strerror or error}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path.name} is not a table of text ({error}). Write it as CSV in UTF-8.") from error


def _is_header(cells: Sequence[str]) -> bool:
    """Whether most cells are no numbers: a single word may be the name of a class."""
    return sum(_number(cell) is None for cell in cells) > len(cells) / 2


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _columns(path: Path, names: Sequence[str], count: int, network: Network, label: str) -> _Columns:
    taken = prod(network.shapes[network.inputs[0]] or ())
    outputs = output_values(network)
    every = range(count)
    called = [place for place, name in enumerate(names) if name.strip().lower() in _CALLED]
    if label:
        if label not in names:
            raise DataError(f"{path.name} has no column '{label}'; its columns are {', '.join(names) or 'not named'}.")
        answers: tuple[int, ...] = (list(names).index(label),)
    elif count == taken and called:
        raise DataError(
            f"{path.name} has {count} columns, as many as the network takes, but '{names[called[0]].strip()}' holds "
            f"answers by its name: one input is missing. Give {taken} beside it; if it is an input itself, rename it."
        )
    elif count == taken + 1:
        answers = (called[0] if called else count - 1,)
    else:
        answers = tuple(every[taken:]) if count == taken + outputs else ()
    inputs = tuple(place for place in every if place not in answers)
    if len(inputs) != taken:
        raise DataError(
            f"{path.name} has {count} columns; the network takes {taken} values of a sample. Give {taken} columns, and "
            f"one with the class or {outputs} with the values at the output."
        )
    return _Columns(inputs, answers)


def _check_no_classes(path: Path, inputs: Array, network: Network) -> None:
    """Columns without names, as many as the network takes: the last one may hold classes where an input is missing."""
    outputs = prod(network.shapes[network.outputs[0]] or ())
    last = inputs[:, -1]
    are_classes = bool(np.isin(last, np.arange(max(outputs, 2))).all()) and len(np.unique(last)) > 1
    others_whole = bool((inputs[:, :-1] == np.rint(inputs[:, :-1])).all())
    if inputs.shape[1] > 1 and are_classes and not others_whole:
        raise DataError(
            f"{path.name} has {inputs.shape[1]} columns, as many as the network takes, but the last one looks like "
            f"numbers of classes: an input may be missing. If it is none, name the columns in the first line."
        )


def _check_lengths(path: Path, lines: _Lines) -> None:
    count = len(lines[0][1])
    for number, cells in lines:
        if len(cells) != count:
            raise DataError(f"Line {number} of {path.name} has {len(cells)} columns, those before it have {count}.")


def _numbers(path: Path, lines: _Lines, places: Sequence[int], names: Sequence[str]) -> Array:
    found = np.empty((len(lines), len(places)), np.float32)
    for row, (number, cells) in enumerate(lines):
        for column, place in enumerate(places):
            cell = cells[place]
            value = _number(cell)
            if value is None or not abs(value) <= _LARGEST:
                name = f"'{names[place]}'" if names else str(place + 1)
                said = f"'{cell}' is no finite number of 32 bits" if cell.strip() else "there is nothing"
                raise DataError(f"Line {number} of {path.name}, column {name}: {said}. Mend it or leave the line out.")
            found[row, column] = value
    return found


def _answers(
    path: Path, lines: _Lines, columns: _Columns, names: Sequence[str]
) -> tuple[Array | None, tuple[str, ...]]:
    """Answers and, where they are words, the classes that these name, in alphabetical order."""
    if not columns.answers:
        return None, ()
    place = columns.answers[0]
    if len(columns.answers) == 1 and any(_number(cells[place]) is None for _, cells in lines):
        words = [cells[place].strip() for _, cells in lines]
        classes = tuple(sorted(set(words)))
        known = {word: number for number, word in enumerate(classes)}
        return np.array([known[word] for word in words], np.float32), classes
    values = _numbers(path, lines, columns.answers, names)
    return (values[:, 0] if len(columns.answers) == 1 else values), ()
