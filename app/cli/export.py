"""`codesign-studio export`: write a design as a file of another tool."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from app.cli.output import complain, explained, say
from app.cli.overrides import add_design_options, opened
from engine.design import Design
from engine.network import TensorStore
from engine.project.atomic import write_atomically

_FILE = "file to write: .onnx for QONNX; .h5 or .keras for Keras and QKeras"
_Written = tuple[bytes, tuple[str, ...]]


@explained
def main(arguments: list[str]) -> int:
    """Write a design as a QONNX or Keras model."""
    parser = ArgumentParser("codesign-studio export", description="Write a design as a model of another tool.")
    add_design_options(parser)
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help="file to write: .onnx for QONNX; .h5 or .keras for Keras and QKeras",
    )
    parser.add_argument(
        "--finn", action="store_true", help="as FINN's compiler takes it: whole weights and thresholds, in an .onnx"
    )
    options = parser.parse_args(arguments)
    write = _WRITERS.get(options.out.suffix.lower())
    if write is None:
        raise ValueError(f"--out {options.out}: the file ends in {' or '.join(_WRITERS)}.")
    if options.finn and write is not _qonnx:
        raise ValueError(f"--out {options.out}: FINN takes .onnx files.")
    write = _finn if options.finn else write
    with opened(options) as (design, tensors):
        data, notes = write(design, tensors)
    write_atomically(options.out, lambda file: _fill(file, data))
    for note in notes:
        complain(note)
    say(str(options.out))
    return 0


def _fill(file: BinaryIO, data: bytes) -> None:
    file.write(data)


def _qonnx(design: Design, tensors: TensorStore) -> _Written:
    from engine.writers.onnx import qonnx_of

    model = qonnx_of(design, tensors)
    return model.data, model.notes


def _finn(design: Design, tensors: TensorStore) -> _Written:
    from engine.writers.onnx import finn_model_of

    model = finn_model_of(design, tensors)
    return model.data, model.notes


def _h5(design: Design, tensors: TensorStore) -> _Written:
    from engine.writers.keras import keras_h5_of

    return keras_h5_of(design, tensors), ()


def _keras(design: Design, tensors: TensorStore) -> _Written:
    from engine.writers.keras import keras_archive_of

    return keras_archive_of(design, tensors), ()


_WRITERS: dict[str, Callable[[Design, TensorStore], _Written]] = {".onnx": _qonnx, ".h5": _h5, ".keras": _keras}
