"""The jobs of the self-test: small pieces of work that belong in workers."""

import os
from dataclasses import replace
from typing import Any

from engine.environment.open_tools import YOSYS
from engine.flows.hls4ml.inputs import open_tensors, read_design
from engine.flows.registry import flow
from engine.flows.rtl.drafted import drafted
from engine.flows.rtl.synthesis import Source, Technology, synthesise
from engine.flows.rtl.tools import OpenToolError
from engine.flows.rtl.verilog.library import with_library
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter

_EXAMPLES, _FEATURES = 256, 8


def map_layer(reporter: Reporter, *, design: Any, tensors: str) -> str:
    """Map the shortest module of a design with Yosys; say what it takes. Raises JobError."""
    read = read_design(design)
    target = replace(read.target, flow=flow("rtl").id)
    _, hardware = drafted(replace(read, target=target), open_tensors(tensors))
    block = min(hardware.blocks, key=lambda each: len(each.verilog))
    source = Source(f"{block.module}.v", with_library(block.verilog, block.library))
    try:
        # Not from the cache: the tool itself is what is tried.
        cells = synthesise(source, block.module, Technology.ECP5, reporter.folder / "module")
    except OpenToolError as error:
        raise JobError(str(error)) from error
    return f"Yosys {YOSYS.release}: {block.layers[0]} takes {sum(number for _, number in cells.by_name):,} cells."


def train_epoch(reporter: Reporter) -> str:
    """Train a small quantised network for one epoch; say how large the loss is at its end. Raises JobError."""
    # QKeras works with Keras 2 only.
    os.environ["TF_USE_LEGACY_KERAS"] = "1"
    import numpy as np
    import tensorflow as tf
    import tf_keras
    from qkeras import QDense, quantized_bits

    reporter.phase("Training")
    random = np.random.default_rng(1)
    inputs = random.normal(size=(_EXAMPLES, _FEATURES)).astype("float32")
    labels = (inputs.sum(axis=1) > 0).astype("float32")
    model = tf_keras.Sequential(
        [tf_keras.Input((_FEATURES,)), QDense(1, kernel_quantizer=quantized_bits(6, 0, alpha=1), activation="sigmoid")]
    )
    model.compile("adam", "binary_crossentropy")
    loss = float(model.fit(inputs, labels, verbose=0).history["loss"][0])
    if not np.isfinite(loss):
        raise JobError(f"The loss is not a number: {loss}.")
    return f"TensorFlow {tf.__version__}, a loss of {loss:.3f} after one epoch."
