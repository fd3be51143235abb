"""Builds the example projects in resources/examples: trains small QKeras networks and saves them as projects.

Run it with the training extras installed: `make examples`. It prints each network's accuracy as measured on data
that training did not see, and fails if a digits network stays at or below 96 %.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np
import tensorflow as tf
from qkeras import QActivation, QConv2D, QDense
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from tf_keras import Model, layers
from tf_keras.optimizers import Adam

from engine.boards import board
from engine.data.generators.jets import jets
from engine.data.generators.sounds import machine_sounds
from engine.design import ACCUM, RESULT, REUSE_FACTOR, STRATEGY, Design, Requirement, set_default, set_on_layers
from engine.network import TensorStore
from engine.opening import starting_design
from engine.precision import FixedType
from engine.project import Project, save_project
from engine.readers import read_model

OUT = ROOT / "resources" / "examples"
DATA = OUT / "data"
Tune = Callable[[Design], Design]
Example = tuple[Model, str, Tune]
"""A network, how good it is in words, and its hardware settings."""
Data = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def main() -> None:
    """Train, check, save."""
    OUT.mkdir(parents=True, exist_ok=True)
    keep_digits()
    for build in (jet_tagger, digits_cnn, digits_resnet, anomaly_detection, image_classification):
        tf.keras.utils.set_random_seed(7)
        model, score, tune = build()
        path = OUT / f"{build.__name__}.codesign"
        save(model, build.__name__, tune, path)
        size = f"{model.count_params():7,} parameters  {path.stat().st_size:7,} bytes"
        sys.stdout.write(f"{build.__name__:22} {size}  {score}\n")


def save(model: Model, name: str, tune: Tune, path: Path) -> None:
    """Read the model as a user's file would be read, set the hardware, and write the project."""
    with tempfile.TemporaryDirectory() as folder:
        store = TensorStore(Path(folder) / "tensors")
        file = Path(folder) / f"{name}.h5"
        model.save(file, save_format="h5", include_optimizer=False)
        read = read_model(file, store)
        save_project(path, Project(tune(starting_design(name, read.network, board("pynq-z2")))), store)


def _dense(units: int, name: str, bits: int = 6) -> QDense:
    return QDense(units, kernel_quantizer=_weights(bits), bias_quantizer=_weights(bits), name=name)


def _conv(filters: int, name: str, size: int = 3, strides: int = 1, bits: int = 8) -> QConv2D:
    return QConv2D(
        filters,
        size,
        strides=strides,
        padding="same",
        kernel_quantizer=_weights(bits, 2),
        bias_quantizer=_weights(bits, 2),
        name=name,
    )


def _weights(bits: int, integer: int = 0) -> str:
    return f"quantized_bits({bits},{integer},alpha=1)"


def _relu(name: str, bits: int = 8, integer: int = 3) -> QActivation:
    return QActivation(f"quantized_relu({bits},{integer})", name=name)


def jet_tagger() -> Example:
    """16-64-32-32-5 on made-up jets: five overlapping clouds of 16 features."""
    data = drawn_jets()
    keep_samples("jet_tagger", data[1][:500], data[3][:500])
    inputs = layers.Input((16,), name="features")
    x = inputs
    for index, units in enumerate((64, 32, 32), start=1):
        x = _relu(f"relu{index}", 6, 3)(_dense(units, f"fc{index}")(x))
    outputs = layers.Activation("softmax", name="softmax")(_dense(5, "output")(x))
    model, accuracy = trained(Model(inputs, outputs), data, 30)

    def tune(design: Design) -> Design:
        design = replace(design, requirement=Requirement(1.0, 5e6))
        return set_default(set_default(design, STRATEGY, "resource"), REUSE_FACTOR, 16)

    return model, f"accuracy {accuracy:.3f} (synthetic jets)", tune


def digits_cnn() -> Example:
    """Two convolutions and a dense layer on scikit-learn's digits."""
    inputs = layers.Input((8, 8, 1), name="image")
    x = _relu("relu1")(_conv(8, "conv1")(inputs))
    x = layers.MaxPooling2D(2, name="pool1")(x)
    x = _relu("relu2")(_conv(16, "conv2")(x))
    x = layers.MaxPooling2D(2, name="pool2")(x)
    x = layers.Flatten(name="flatten")(x)
    outputs = layers.Activation("softmax", name="softmax")(_dense(10, "classifier", 8)(x))
    data = digits()
    keep_samples("digits_cnn", data[1], data[3])
    model, accuracy = trained(Model(inputs, outputs), data, 60)

    def tune(design: Design) -> Design:
        design = set_default(replace(design, requirement=Requirement(100.0, 10_000)), STRATEGY, "resource")
        design = set_on_layers(design, ("conv1",), REUSE_FACTOR, 9)
        design = set_on_layers(design, ("conv2",), REUSE_FACTOR, 72)
        return set_on_layers(design, ("classifier",), REUSE_FACTOR, 32)

    return model, checked(accuracy), tune


def digits_resnet() -> Example:
    """A stem and two residual blocks on scikit-learn's digits."""
    inputs = layers.Input((8, 8, 1), name="image")
    x = _relu("stem_relu")(_conv(16, "stem")(inputs))
    y = _relu("block1_relu1")(_conv(16, "block1_conv1")(x))
    y = _conv(16, "block1_conv2")(y)
    x = _relu("block1_relu2")(layers.Add(name="block1_add")([y, x]))
    y = _relu("block2_relu1")(_conv(32, "block2_conv1", strides=2)(x))
    y = _conv(32, "block2_conv2")(y)
    skip = _conv(32, "block2_skip", size=1, strides=2)(x)
    x = _relu("block2_relu2")(layers.Add(name="block2_add")([y, skip]))
    x = layers.GlobalAveragePooling2D(name="global_pool")(x)
    outputs = layers.Activation("softmax", name="softmax")(_dense(10, "classifier", 8)(x))
    data = digits()
    keep_samples("digits_resnet", data[1], data[3])
    model, accuracy = trained(Model(inputs, outputs), data, 60)

    def tune(design: Design) -> Design:
        design = set_default(on_zcu104(design, Requirement(250.0, 4_000)), STRATEGY, "resource")
        design = set_default(design, RESULT, FixedType(16, 8))
        # hls4ml would sum 16 values in its default type, which wraps.
        design = set_on_layers(design, ("global_pool",), ACCUM, FixedType(12, 7, signed=False))
        reuse = {"stem": 9, "block1_conv1": 72, "block1_conv2": 72, "block2_conv1": 144, "block2_conv2": 72}
        for name, value in {**reuse, "block2_skip": 16, "classifier": 32}.items():
            design = set_on_layers(design, (name,), REUSE_FACTOR, value)
        return design

    return model, checked(accuracy), tune


def anomaly_detection() -> Example:
    """The shape of MLPerf Tiny's AD08: an autoencoder 64-72-72-8-72-72-64, trained on made-up machine sounds."""
    sounds = machine_sounds(np.random.default_rng(5), 4000).x
    inputs = layers.Input((64,), name="spectrum")
    x = inputs
    for index, units in enumerate((72, 72, 8, 72, 72), start=1):
        dense = QDense(units, kernel_quantizer=_weights(12, 5), bias_quantizer=_weights(12, 5), name=f"fc{index}")
        x = _relu(f"relu{index}", 7, 6)(dense(x))
    last = QDense(64, kernel_quantizer=_weights(12, 0), bias_quantizer=_weights(12, 0), name="output")
    model = Model(inputs, last(x))
    model.compile(Adam(2e-3), "mse")
    train, test = sounds[:3000], sounds[3000:]
    keep_samples("anomaly_detection", test[:300])
    model.fit(train, train, epochs=30, batch_size=128, verbose=0)
    error = float(model.evaluate(test, test, verbose=0))

    def tune(design: Design) -> Design:
        design = set_default(set_default(design, STRATEGY, "resource"), REUSE_FACTOR, 144)
        design = on_zcu104(design, Requirement(20.0, None))
        design = replace(design, target=replace(design.target, io_type="io_stream"))
        return set_on_layers(design, ("fc3",), REUSE_FACTOR, 8)

    return model, f"mean square error {error:.3f} (synthetic sounds)", tune


def image_classification() -> Example:
    """The shape of MLPerf Tiny's RN07 with untrained weights: training it takes a day and CIFAR-10."""
    inputs = layers.Input((32, 32, 3), name="image")
    x = inputs
    plan = ((32, 1, 1), (4, 4, 1), (32, 4, 1), (32, 4, 4), (32, 4, 1))
    for index, (filters, size, strides) in enumerate(plan, start=1):
        x = _relu(f"relu{index}", 8, 2)(_conv(filters, f"conv{index}", size, strides)(x))
    x = layers.Flatten(name="flatten")(x)
    model = Model(inputs, _dense(10, "classifier", 8)(x))

    def tune(design: Design) -> Design:
        design = set_default(set_default(design, STRATEGY, "resource"), REUSE_FACTOR, 16_384)
        return on_zcu104(design, Requirement(None, 5))

    return model, "untrained", tune


def on_zcu104(design: Design, requirement: Requirement) -> Design:
    """The design on a board with room for it, at 10 ns."""
    target = replace(design.target, board=board("zcu104"), clock_ns=10.0)
    return replace(design, target=target, requirement=requirement)


def trained(model: Model, data: Data, epochs: int) -> tuple[Model, float]:
    """Train a classifier; its accuracy on data it has not seen."""
    train_x, test_x, train_y, test_y = data
    model.compile(Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(train_x, train_y, epochs=epochs, batch_size=64, verbose=0)
    model.optimizer.learning_rate = 5e-4
    model.fit(train_x, train_y, epochs=epochs // 3, batch_size=64, verbose=0)
    return model, float(model.evaluate(test_x, test_y, verbose=0)[1])


def keep_samples(name: str, inputs: np.ndarray, labels: np.ndarray | None = None) -> None:
    """Ship samples that training did not see, for emulation."""
    DATA.mkdir(parents=True, exist_ok=True)
    arrays = {"x": inputs.astype(np.float32)} | ({} if labels is None else {"y": labels.astype(np.uint8)})
    np.savez_compressed(DATA / f"{name}.npz", allow_pickle=False, **arrays)


def keep_digits() -> None:
    """Ship the digits as a data set, split as the examples' training sees them."""
    train_x, test_x, train_y, test_y = digits()
    # Sixteenths: half precision holds them exactly.
    halves = {"x_train": train_x.astype(np.float16), "x_test": test_x.astype(np.float16)}
    labels = {"y_train": train_y.astype(np.uint8), "y_test": test_y.astype(np.uint8)}
    np.savez_compressed(OUT.parent / "data" / "digits.npz", allow_pickle=False, **halves, **labels)


def checked(accuracy: float) -> str:
    """Refuse a digits network that is not good enough to teach with."""
    if accuracy <= 0.96:
        raise SystemExit(f"Accuracy {accuracy:.3f} is not above 0.96.")
    return f"accuracy {accuracy:.3f} (digits, 450 unseen)"


def digits() -> Data:
    """scikit-learn's digits as 8x8x1 pictures from 0 to 1; a quarter is kept for testing."""
    pictures, labels = load_digits(return_X_y=True)
    pictures = (pictures / 16).reshape(-1, 8, 8, 1).astype(np.float32)
    return train_test_split(pictures, labels, test_size=450, random_state=1, stratify=labels)


def drawn_jets() -> Data:
    """The made-up jets that come with the studio."""
    drawn = jets(np.random.default_rng(4), 8000)
    return train_test_split(drawn.x, drawn.y, test_size=2000, random_state=1)


if __name__ == "__main__":
    main()
