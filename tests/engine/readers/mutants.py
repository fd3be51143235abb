"""Model files with something changed at random, the same for the same seed.

Run as `python -m tests.engine.readers.mutants FOLDER FIRST LAST`: reads them one by one and prints what came of it.
The HDF5 library is called in this process, for speed; if a mutant crashes or stalls it, the caller goes on behind it.
"""

import faulthandler
import json
import random
import shutil
import sys
from pathlib import Path

import numpy as np

from engine.network import Network, TensorStore
from engine.readers import ModelFileError, UnsupportedModelError, read_model
from engine.readers.hdf5 import load
from engine.readers.hdf5.worker import extract
from tests.engine.readers.sample_files import h5_file, json_file, keras_archive, sample_model

STRANGE = [
    None,
    True,
    False,
    -1,
    0,
    1,
    2,
    3.5,
    -0.0,
    1e308,
    10**12,
    10**400,
    "",
    "x",
    "same",
    "linear",
    "__import__('os')",
]
STRANGE += [[], [[]], [None], [0, 0], [None, None], {}, {"class_name": "Lambda", "config": {}}, "quantized_bits(1,2,3)"]
STRANGE += ["Sequential", "Functional", "Lambda", "QDense", "Conv1D", "relu", [[["relu", 0, 0, {}]]], "add", "start"]


def mutant(seed, folder):
    """Write the mutant of a seed and return its path."""
    draw = random.Random(seed)
    kind = draw.choice(("json", "h5 model", "keras model", "keras weights", "h5 bytes", "keras bytes"))
    path = folder / f"mutant_{seed}"
    if kind == "json":
        return json_file(path.with_suffix(".json"), changed(sample_model(), draw))
    if kind == "h5 model":
        return h5_file(path.with_suffix(".h5"), model=changed_text(draw))
    if kind == "keras model":
        return keras_archive(path.with_suffix(".keras"), changed(sample_model(), draw))
    if kind == "keras weights":
        return keras_archive(path.with_suffix(".keras"), weights=lambda content: changed_bytes(content, draw))
    whole = h5_file(path.with_suffix(".h5")) if kind == "h5 bytes" else keras_archive(path.with_suffix(".keras"))
    whole.write_bytes(changed_bytes(whole.read_bytes(), draw))
    return whole


def changed(model, draw):
    """A JSON value with one to three of its parts replaced, removed, doubled or exchanged."""
    model = json.loads(json.dumps(model))
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        holder, key = draw.choice(list(places(model)))
        match draw.randrange(5):
            case 0 | 1:
                holder[key] = draw.choice(STRANGE)
            case 2:
                del holder[key]
            case 3 if isinstance(holder, list):
                holder.insert(draw.randrange(len(holder) + 1), holder[key])
            case _:
                other, place = draw.choice(list(places(model)))
                holder[key] = json.loads(json.dumps(other[place]))
    return model


def places(value):
    """Every (container, key) inside a JSON value."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from places(value[key])


def changed_text(draw):
    """The model's text, changed as JSON or letter by letter."""
    text = json.dumps(sample_model())
    if draw.random() < 0.6:
        return json.dumps(changed(sample_model(), draw))
    at = draw.randrange(len(text))
    return draw.choice((text[:at], text[:at] + draw.choice('"{}[],:x9') + text[at + 1 :], "[" * 5000, ""))


def mutated_text(text, draw):
    """A text with letters exchanged, a line lost or doubled, or the end cut off."""
    lines = text.splitlines(keepends=True)
    at = draw.randrange(len(lines))
    match draw.randrange(5):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, draw.choice(lines))
        case 2:
            del lines[at:]
        case _:
            for _ in range(draw.choice((1, 3, 10))):
                at = draw.randrange(len(lines))
                place = draw.randrange(len(lines[at]))
                lines[at] = lines[at][:place] + draw.choice("09-;<>,x{}") + lines[at][place + 1 :]
    return "".join(lines)


def changed_bytes(content, draw):
    """Some bytes overwritten, a stretch of zeros, or the end cut off."""
    data = bytearray(content)
    for _ in range(draw.choice((1, 2, 8, 40))):
        at = draw.randrange(len(data))
        data[at] = draw.choice((0, 255, draw.randrange(256), data[at] ^ (1 << draw.randrange(8))))
    if draw.random() < 0.1:
        at = draw.randrange(len(data))
        data[at : at + 64] = bytes(len(data[at : at + 64]))
    return bytes(data[: draw.randrange(len(data))] if draw.random() < 0.1 else data)


def outcome(path, store):
    """What comes of reading a file: 'read', or the kind of error. Anything but the two typed errors is raised."""
    try:
        model = read_model(path, store)
    except (ModelFileError, UnsupportedModelError) as error:
        return type(error).__name__ if len(str(error)) > 20 else "mumbled"
    check(model.network, store)
    return "read"


def check(network, store):
    """A network that was read obeys the rules of networks, and its weights fit and are numbers."""
    assert Network(network.layers) == network
    for layer in network.layers:
        needed = layer.op.weight_shapes(network.input_shapes(layer.name))
        assert {role: ref.shape for role, ref in layer.weights} in (needed, {})
        assert all(np.isfinite(store.get(ref)).all() for _, ref in layer.weights)
        for _, quantizer in layer.quantizers:
            quantizer.type()


def main(folder, first, last):
    """Read the mutants from `first` up to but without `last`."""
    load.run_extraction = _extract_here
    store = TensorStore(folder / "tensors")
    for seed in range(first, last):
        # The HDF5 library loops for ever on some: the process then ends.
        faulthandler.dump_traceback_later(2, exit=True)
        place = folder / str(seed)
        place.mkdir()
        print(json.dumps([seed, outcome(mutant(seed, place), store)]), flush=True)  # noqa: T201
        shutil.rmtree(place)


def _extract_here(source, folder, where):
    try:
        extract(source, folder)
    # What the process for HDF5 files does with any error.
    except Exception as error:
        raise ModelFileError("The file is damaged", where, str(error)) from error


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
