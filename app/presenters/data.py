"""A data set as the dialog shows it."""

from pathlib import PurePath

import numpy as np

from engine.data import DataSet
from engine.emulate.data import Array, Samples
from engine.network import Network
from widgets.data import BalanceRow, DataView, Sample

_SHOWN = 12
_UNEVEN = 5
"""A class with so many times fewer samples than another is worth a word."""
_FEW = 100


def data_view(data: DataSet, network: Network) -> DataView:
    """Splits, balance of classes, and the first samples of a split that has some."""
    named = tuple(data.splits)
    shown = next((samples for _, samples in reversed(named) if len(samples)), data.train)
    return DataView(
        tuple(name for name, _ in named),
        _rows(data),
        tuple(_sample(shown, place, data, network) for place in range(min(_SHOWN, len(shown)))),
        _headline(data),
        _warning(data),
        data.own_splits,
    )


def _headline(data: DataSet) -> str:
    total = sum(len(samples) for _, samples in data.splits)
    answers = "right answers unknown"
    if data.classes:
        answers = f"{len(data.classes)} classes"
    elif data.train.choices:
        answers = f"classes for {', '.join(sorted(data.train.choices))}"
    elif data.test.targets is not None:
        answers = "targets known"
    # The dialog shows a path of the user's by itself.
    origin = "" if PurePath(data.source).is_absolute() else f", {data.source}"
    return f"{data.name}: {total:,} samples, {answers}{origin}"


def _warning(data: DataSet) -> str:
    if not len(data.test):
        return "No samples are left for the test: accuracy cannot be judged."
    if not len(data.train):
        return "No samples are left for training."
    counts = [count for count in _counts(data.train, data) if count]
    missing = [name for name, count in zip(data.classes, _counts(data.train, data), strict=True) if not count]
    if data.train.labels is not None and missing:
        return f"Training has no sample of {', '.join(missing)}."
    if counts and max(counts) > _UNEVEN * min(counts):
        return "The classes are uneven: accuracy alone may look better than the network is."
    return f"The test has {len(data.test):,} samples: its accuracy is known roughly." if len(data.test) < _FEW else ""


def _rows(data: DataSet) -> tuple[BalanceRow, ...]:
    splits = [samples for _, samples in data.splits]
    totals = tuple(len(samples) for samples in splits)
    by_class = [_counts(samples, data) for samples in splits]
    rows = [BalanceRow("All", totals, tuple(1.0 for _ in totals))]
    for place, name in enumerate(data.classes):
        counts = tuple(each[place] for each in by_class)
        shares = tuple(count / max(total, 1) for count, total in zip(counts, totals, strict=True))
        rows.append(BalanceRow(name, counts, shares))
    return tuple(rows)


def _counts(samples: Samples, data: DataSet) -> list[int]:
    """Samples of each class; 0 where a split knows no labels."""
    if samples.labels is None or not len(samples.labels):
        return [0] * len(data.classes)
    return [int(count) for count in np.bincount(samples.labels, minlength=len(data.classes))]


def _sample(samples: Samples, place: int, data: DataSet, network: Network) -> Sample:
    values = samples.inputs[network.inputs[0]][place]
    shape = values.shape
    is_picture = len(shape) == 3 and shape[2] in (1, 3)
    caption = "" if samples.labels is None else data.classes[int(samples.labels[place])]
    if not caption and samples.targets is not None and samples.targets[place].size <= 2:
        caption = ", ".join(f"{value:.2f}" for value in samples.targets[place].ravel())
    return Sample(_picture(values) if is_picture else values.reshape(shape[0], -1), is_picture, caption)


def _picture(values: Array) -> Array:
    """From 0 to 1, without an axis of one channel."""
    low, high = values.min(), values.max()
    scaled: Array = (values - low) / (high - low or 1.0)
    return scaled[..., 0] if scaled.shape[2] == 1 else scaled
