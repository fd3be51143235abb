# ruff: noqa: TID253 - it runs in an environment of its own
"""Run by an interpreter that has rule4ml: rows as JSON on standard input, predictions as JSON on standard output."""

import json
import sys

import keras
from rule4ml.models import wrappers

TARGETS = ("LUT", "FF", "DSP", "BRAM", "CYCLES", "INTERVAL")
AT_ONCE = 32
"""Networks in one prediction; it goes through the names of all their layers for each of them."""


def main():
    """Predict all rows, those of one configuration together."""
    rows, groups = json.load(sys.stdin), {}
    for place, row in enumerate(rows):
        for reading, precision in enumerate(row["precisions"]):
            key = (precision, row["board"], row["strategy"], row["hls4ml"], row["tool"])
            groups.setdefault(key, []).append((place, reading))
    estimator, found = wrappers.MultiModelWrapper(), [[None] * len(row["precisions"]) for row in rows]
    estimator.load_default_models()
    _describe_each_network_once()
    networks = [_network(place, row["layers"]) for place, row in enumerate(rows)]
    for key, group in groups.items():
        for start in range(0, len(group), AT_ONCE):
            members = group[start : start + AT_ONCE]
            said = _predicted(estimator, key, [(networks[place], rows[place]) for place, _ in members])
            for (place, reading), each in zip(members, said, strict=True):
                found[place][reading] = each
    print()
    print(json.dumps({row["id"]: each for row, each in zip(rows, found, strict=True)}))


def _describe_each_network_once():
    """Its six models and all configurations ask the same of a network, whose reuse factors are always the same."""
    known, describe = {}, wrappers.config_from_keras_model

    def described(model, config):
        if model.name not in known:
            known[model.name] = describe(model, config)
        return known[model.name]

    wrappers.config_from_keras_model = described


def _predicted(estimator, key, members):
    """Reuse factors stand beside the names of the layers, which no two networks share."""
    precision, board, strategy, hls4ml, tool = key
    names = {
        f"{network.name}_{layer['name']}": {"reuse_factor": layer["reuse_factor"]}
        for network, row in members
        for layer in row["layers"]
    }
    chosen = {"strategy": strategy, "precision": precision, "reuse_factor": 1}
    config = {"board": board, "model": chosen, "layer_name": names}
    networks = [network for network, _ in members]
    table = estimator.predict(
        networks, hls_configs=config, hls4ml_versions=hls4ml, vivado_versions=tool, round_digits=4
    ).set_index("Model")
    # What it predicts below nothing is nothing.
    return [{target: max(float(table.loc[each.name, target]), 0.0) for target in TARGETS} for each in networks]


def _network(place, layers):
    """The network of a row; names are the row's own."""
    name, shape = f"row{place}", tuple(layers[0]["shape"])
    inputs = keras.layers.Input(shape=shape, name=f"{name}_input")
    x = inputs
    for layer in layers[1:]:
        if layer["kind"] == "dense" and len(x.shape) > 2:
            x = _built(keras.layers.Flatten(name=f"{name}_{layer['name']}_flat"), x)
        x = _built(_layer(layer, f"{name}_{layer['name']}"), x)
    model = keras.Model(inputs, x, name=name)
    model.build((None, *shape))
    return model


def _built(layer, x):
    """rule4ml looks for the shape that a layer was built with; Keras keeps none where there is nothing to build."""
    layer.build(x.shape)
    return layer(x)


def _layer(layer, name):
    kinds = {
        "dense": lambda: keras.layers.Dense(layer["units"], name=name),
        "activation": lambda: keras.layers.Activation(layer["function"], name=name),
        "conv1d": lambda: keras.layers.Conv1D(**_window(layer), name=name),
        "conv2d": lambda: keras.layers.Conv2D(**_window(layer), name=name),
        "maxpooling1d": lambda: keras.layers.MaxPooling1D(layer["pool"][0], name=name),
        "averagepooling1d": lambda: keras.layers.AveragePooling1D(layer["pool"][0], name=name),
        "maxpooling2d": lambda: keras.layers.MaxPooling2D(layer["pool"], name=name),
        "averagepooling2d": lambda: keras.layers.AveragePooling2D(layer["pool"], name=name),
    }
    return kinds[layer["kind"]]()


def _window(layer):
    return {
        "filters": layer["filters"],
        "kernel_size": tuple(layer["kernel"]),
        "strides": tuple(layer["strides"]),
        "padding": layer["padding"],
    }


if __name__ == "__main__":
    main()
