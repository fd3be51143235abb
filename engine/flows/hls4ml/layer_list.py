"""A design as the layer list that hls4ml's `ModelGraph.from_layer_list` takes: plain values and NumPy arrays.

Nothing here imports hls4ml. Quantisers are words (see `quantisers`); `adapter` and the exported script turn them
into hls4ml's objects.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np

from engine.design import BIAS, RESULT, WEIGHT, Design, Origin
from engine.flows.hls4ml.attributes import Attributes, attributes
from engine.flows.hls4ml.layer_config import Config, layer_config, model_config
from engine.flows.hls4ml.names import free_identifier, identifiers
from engine.flows.hls4ml.quantisers import quantised_activation, weight_words
from engine.flows.hls4ml.weights import Array, scaled, weights_of
from engine.network import Layer, Network, TensorStore, kinds

_KERNELS = (kinds.Dense, kinds.Conv1D, kinds.Conv2D, kinds.DepthwiseConv1D, kinds.DepthwiseConv2D)
_SEPARABLE = (kinds.SeparableConv1D, kinds.SeparableConv2D)


@dataclass(frozen=True, slots=True)
class LayerList:
    """What hls4ml is given. `origins` maps each entry's name to the user's layer it was made from."""

    layers: tuple[Attributes, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    hls_config: Config
    origins: Mapping[str, str]


def layer_list(design: Design, tensors: TensorStore) -> LayerList:
    """Write a design for hls4ml. Call it on designs without `problems` only."""
    network = design.network
    names = identifiers(network.order)
    writer = _Writer(design, tensors, names)
    for name in network.order:
        writer.add(network[name])
    return LayerList(
        layers=tuple(writer.layers),
        inputs=tuple(names[name] for name in network.inputs),
        outputs=tuple(writer.ends[name] for name in network.outputs),
        hls_config={"Model": model_config(design), "LayerName": writer.configs},
        origins=writer.origins,
    )


class _Writer:
    """Collects entries. `ends` says which entry yields a layer's result: it may have become several."""

    def __init__(self, design: Design, tensors: TensorStore, names: dict[str, str]) -> None:
        self.design, self.tensors, self.names = design, tensors, names
        self.layers: list[Attributes] = []
        self.configs: dict[str, Config] = {}
        self.origins: dict[str, str] = {}
        self.ends: dict[str, str] = {}

    def add(self, layer: Layer) -> None:
        """Write one layer; its inputs have been written."""
        config = layer_config(self.design, layer.name)
        entry = sizes(self.design.network, layer) | weight_data(self.design, self.tensors, layer)
        inputs = [self.ends[source] for source in layer.inputs]
        scale = entry.pop("scale", None)
        if scale is None:
            self._write(layer, self.names[layer.name], entry, inputs, config)
        else:
            self._write_scaled(layer, entry, scale, inputs, config)
        if isinstance(layer.op, kinds.GlobalPool) and layer.op.keepdims:
            self._add_kept_axes(layer)

    def _write(self, layer: Layer, name: str, entry: Attributes, inputs: list[str], config: Config) -> None:
        wired = {"inputs": inputs} if inputs else {}
        self.layers.append({"name": name, "data_format": "channels_last", **wired, **entry})
        self.configs[name] = config
        self.origins[name] = layer.name
        self.ends[layer.name] = name

    def _write_scaled(self, layer: Layer, entry: Attributes, scale: Array, inputs: list[str], config: Config) -> None:
        """Put the quantiser's scale behind the layer, as hls4ml does for QKeras layers with alpha ≠ 1.

        The layer then holds whole steps and no bias; its bias and result type belong to what comes out behind.
        """
        name, types = self.names[layer.name], config["Precision"]
        zeros = np.zeros_like(scale)
        scaling = {
            "class_name": "ApplyAlpha",
            "n_in": prod(self.design.network.shapes[layer.name] or ()),
            "n_filt": entry.get("n_filt", -1),
            "scale_data": scale,
            "bias_data": zeros if entry["bias_data"] is None else entry["bias_data"],
            "bias_quantizer": entry["bias_quantizer"],
        }
        reuse = {key: config[key] for key in ("ReuseFactor",) if key in config}
        behind = {"Precision": {"scale": "auto", "bias": types[BIAS], "result": types[RESULT]}, **reuse}
        without = {**config, "Precision": {**types, RESULT: "auto"}}
        self._write(layer, name, {**entry, "bias_data": zeros}, inputs, without)
        self._write(layer, self._free(f"{name}_alpha"), scaling, [name], behind)

    def _add_kept_axes(self, layer: Layer) -> None:
        """hls4ml drops the reduced axes whatever it is told; write them back."""
        own = self.ends[layer.name]
        shape = list(self.design.network.shapes[layer.name] or ())
        entry = {"class_name": "Reshape", "target_shape": shape}
        self._write(layer, self._free(f"{own}_axes"), entry, [own], {"Precision": {RESULT: "auto"}})

    def _free(self, wish: str) -> str:
        return free_identifier(wish, {name.lower() for name in (*self.names.values(), *self.origins)})


def weight_data(design: Design, tensors: TensorStore, layer: Layer) -> Attributes:
    """A layer's arrays and the words for their quantisers; `scale` where one is set apart from the weights."""
    found = weights_of(layer, tensors)
    match layer.op:
        case kinds.BatchNorm():
            return _norm_data(found)
        case kinds.ParametricActivation(function="prelu"):
            return {"param_data": found["alpha"]}
        case kinds.LSTM() | kinds.GRU() | kinds.SimpleRNN():
            return _recurrent_data(layer, found)
        case op if isinstance(op, _SEPARABLE):
            return _separable_data(design, layer, found)
        case op if isinstance(op, _KERNELS):
            return _kernel_data(design, layer, found)
        case _:
            return {}


def _kernel_data(design: Design, layer: Layer, found: dict[str, Array]) -> Attributes:
    depthwise = isinstance(layer.op, kinds.DepthwiseConv1D | kinds.DepthwiseConv2D)
    role = "depthwise" if depthwise else "weight"
    words = _words(design, layer, WEIGHT, "kernel")
    data: Attributes = {"bias_data": found.get("bias"), "bias_quantizer": _words(design, layer, BIAS, "bias")}
    values, quantizer = found["kernel"], layer.quantizer("kernel")
    parts = scaled(values, quantizer) if words and quantizer else None
    if parts is not None:
        data["scale"] = np.tile(parts.scale, values.shape[-2]) if depthwise else parts.scale
        values = parts.codes
    # hls4ml 1.3 looks at `weight_quantizer` of depthwise kernels too, before it melts scales into them.
    return data | {f"{role}_data": values, f"{role}_quantizer": words, "weight_quantizer": words}


def _separable_data(design: Design, layer: Layer, found: dict[str, Array]) -> Attributes:
    data: Attributes = {"bias_data": found.get("bias"), "bias_quantizer": _words(design, layer, BIAS, "bias")}
    for role in ("depthwise", "pointwise"):
        data |= {f"{role}_data": found[role], f"{role}_quantizer": _words(design, layer, role, role)}
    return data


def _words(design: Design, layer: Layer, key: str, role: str) -> Attributes | None:
    """The quantiser's words where its type is in force; a type that a person chose replaces it."""
    quantizer = layer.quantizer(role)
    effective = design.chosen(layer.name, key)
    if quantizer is None or effective is None or effective.origin is not Origin.MODEL:
        return None
    return weight_words(quantizer, is_kernel=role != "bias")


def sizes(network: Network, layer: Layer) -> Attributes:
    """Class name and sizes of a layer in a network whose shapes are known."""
    output = network.shapes[layer.name] or ()
    found = attributes(layer.op, network.input_shapes(layer.name) or (), output)
    return found | (quantised_activation(layer) or {})


def _norm_data(found: dict[str, Array]) -> Attributes:
    return {
        "gamma_data": found.get("gamma", np.ones_like(found["variance"])),
        "beta_data": found.get("beta", np.zeros_like(found["variance"])),
        "mean_data": found["mean"],
        "variance_data": found["variance"],
    }


def _recurrent_data(layer: Layer, found: dict[str, Array]) -> Attributes:
    kernel = found["kernel"]
    bias = found.get("bias", np.zeros(kernel.shape[-1], kernel.dtype))
    data = {"weight_data": kernel, "recurrent_weight_data": found["recurrent_kernel"], "bias_data": bias}
    if isinstance(layer.op, kinds.GRU):
        rows = bias if bias.ndim == 2 else np.stack([bias, np.zeros_like(bias)])
        data |= {"bias_data": rows[0], "recurrent_bias_data": rows[1]}
    return data
