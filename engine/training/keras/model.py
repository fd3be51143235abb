"""The model that is trained: a design's layers with its hardware's arithmetic, or the same in floating point."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import prod
from typing import Any

import tf_keras
from tf_keras import layers

from engine.design import Design
from engine.network import Layer, Network
from engine.network.kinds import GRU, LSTM, BatchNorm, Input, SimpleRNN, Softmax
from engine.precision import FixedType, Rounding
from engine.training.errors import NotTrainableError
from engine.training.held import NOT_HELD, Arithmetic, AsTrained, Held
from engine.training.keras.norm import Norm
from engine.training.keras.others import other
from engine.training.keras.products import Weighted, product
from engine.training.keras.quantizers import Fixed, quantizer_of, trained
from engine.training.keras.recurrent import Steps, recurrent

Tensor = Any
Wrap = Callable[[Any], Any]
Role = tuple[str, str]
"""A layer's name and what its weights are called."""

_ATTRIBUTES = {
    "depthwise": "depthwise_kernel",
    "pointwise": "pointwise_kernel",
    "mean": "moving_mean",
    "variance": "moving_variance",
}
"""Keras's names of weights where they are not ours."""
_WIDE = 64
"""Bits of a type that only its step matters of."""


@dataclass(frozen=True, slots=True)
class Built:
    """A Keras model, its variables by the user's layers, and of those that are pruned the masks.

    A softmax at the end is left to the loss. Several outputs are one, flat.
    """

    model: tf_keras.Model
    variables: dict[Role, Any]
    masks: dict[Role, Any] = field(default_factory=dict)


def exact_model(design: Design, prune: Wrap | None = None) -> Built:
    """The QKeras model of the design's hardware; `prune` wraps its layers of products. Raises NotTrainableError."""
    return _Builder(design.network, Arithmetic(design), prune).build()


def present_model(network: Network) -> Built:
    """The network with the quantisers that it was trained with, as the studio's float network has them."""
    return _Builder(network, AsTrained()).build()


def float_model(network: Network) -> Built:
    """The same layers in floating point; batch normalisation learns its statistics. Raises NotTrainableError."""
    return _Builder(network, None).build()


class _Builder:
    def __init__(self, network: Network, arithmetic: Arithmetic | None, prune: Wrap | None = None) -> None:
        self._network, self._arithmetic, self._prune = network, arithmetic, prune
        self._masks: dict[Role, Any] = {}
        self._tensors: dict[str, Tensor] = {}
        self._variables: dict[Role, Any] = {}
        self._norms: dict[str, Norm] = {}

    def build(self) -> Built:
        for name in self._network.order:
            layer = self._network[name]
            self._tensors[name] = self._made(layer)
        inputs = [self._tensors[name] for name in self._network.inputs]
        return Built(tf_keras.Model(inputs, self._answers()), self._variables, self._masks)

    def _answers(self) -> Tensor:
        """The output; several ones flat, one behind the other."""
        outputs = [self._tensors[name] for name in self._network.outputs]
        return layers.Concatenate()([layers.Flatten()(each) for each in outputs]) if len(outputs) > 1 else outputs[0]

    def _made(self, layer: Layer) -> Tensor:
        if isinstance(layer.op, Input):
            return layers.Input(layer.op.shape, name=layer.name)
        inputs = [self._tensors[source] for source in layer.inputs]
        if isinstance(layer.op, Softmax) and (layer.name,) == self._network.outputs:
            return inputs[0]
        if layer.op.GROUP in ("dense", "conv"):
            return self._products(layer, inputs[0])
        if isinstance(layer.op, BatchNorm):
            return self._norm(layer, inputs[0])
        if isinstance(layer.op, LSTM | GRU | SimpleRNN):
            return self._recurrent(layer, layer.op, inputs[0])
        return self._other(layer, inputs if len(inputs) > 1 else inputs[0])

    def _products(self, layer: Layer, inputs: Tensor) -> Tensor:
        shapes = layer.op.weight_shapes(self._network.input_shapes(layer.name) or ())
        made = product(layer.op, Weighted({role: self._weight(layer, role) for role in shapes}, self._merged(layer)))
        if made is None:
            raise _unknown(layer)
        if layer.name in self._norms:
            # Keras finds the norm's weights through the layer that they are merged into.
            made.merged_norm = self._norms[layer.name]
        return self._summed(layer, self._pruned(layer, made, made, inputs))

    def _recurrent(self, layer: Layer, op: LSTM | GRU | SimpleRNN, inputs: Tensor) -> Tensor:
        shapes = op.weight_shapes(self._network.input_shapes(layer.name) or ())
        steps = Steps({role: self._weight(layer, role) for role in shapes})
        if self._arithmetic:
            bias = self._arithmetic.constant(layer, "recurrent_bias")
            held = self._arithmetic.accum(layer), self._arithmetic.result(layer).type
            steps = Steps(steps.weights, bias, *held)
        made = recurrent(op, shapes, steps)
        return self._pruned(layer, made, made.cell, inputs)

    def _pruned(self, layer: Layer, made: Any, holder: Any, inputs: Tensor) -> Tensor:
        """What a layer gives, its kernels pruned if they are to be; `holder` has its variables."""
        shapes = layer.op.weight_shapes(self._network.input_shapes(layer.name) or ())
        pruned = self._prune(made) if self._prune else None
        found = (pruned or made)(inputs)
        self._keep(layer, holder, shapes)
        if pruned is not None:
            self._keep_masks(layer, pruned.pruning_vars, shapes)
        return found

    def _merged(self, layer: Layer) -> Norm | None:
        name = self._arithmetic.norm_in(layer) if self._arithmetic else ""
        if not name:
            return None
        norm = self._network[name]
        assert isinstance(norm.op, BatchNorm)
        self._norms[layer.name] = made = Norm(norm.op, (self._network.shapes[name] or (1,))[-1], None, None)
        self._keep(norm, made, norm.op.weight_shapes(self._network.input_shapes(name) or ()))
        return made

    def _norm(self, layer: Layer, inputs: Tensor) -> Tensor:
        op, shapes = layer.op, layer.op.weight_shapes(self._network.input_shapes(layer.name) or ())
        assert isinstance(op, BatchNorm)
        if any(role == (layer.name, "variance") for role in self._variables):
            return inputs
        if self._arithmetic is None:
            made = layers.BatchNormalization(epsilon=op.epsilon, center=op.center, scale=op.scale)
        else:
            held = (quantizer_of(self._arithmetic.constant(layer, key)) for key in ("scale", "bias"))
            made = Norm(op, shapes["mean"][0], *held)
        found = made(inputs)
        self._keep(layer, made, shapes)
        return self._cast(layer, found)

    def _other(self, layer: Layer, inputs: Tensor) -> Tensor:
        result = self._arithmetic.result(layer) if self._arithmetic else NOT_HELD
        made = layers.Activation(trained(result.quantizer)) if result.quantizer else other(layer.op)
        if made is None:
            raise _unknown(layer)
        found = made(inputs)
        self._keep(layer, made, layer.op.weight_shapes(self._network.input_shapes(layer.name) or ()))
        return self._cast(layer, self._averaged(layer, found))

    def _averaged(self, layer: Layer, means: Tensor) -> Tensor:
        """Means as they come out of an accumulator: the sum has its type, and the division drops what is below."""
        averages = getattr(layer.op, "mode", "") == "average"
        accum = self._arithmetic.accum(layer) if self._arithmetic and averages else None
        if accum is None:
            return means
        extents = getattr(layer.op, "pool", (self._network.input_shapes(layer.name) or ((),))[0][:-1])
        count, sums = prod(extents), Fixed(accum)
        dropped = Fixed(FixedType(_WIDE, _WIDE - accum.fraction, rounding=Rounding.TRN_ZERO))
        return layers.Activation(lambda x: dropped(sums(x * count) / count))(means)

    def _summed(self, layer: Layer, values: Tensor) -> Tensor:
        for type_ in self._arithmetic.sums(layer) if self._arithmetic else ():
            values = layers.Activation(Fixed(type_))(values)
        return values

    def _cast(self, layer: Layer, values: Tensor) -> Tensor:
        type_ = self._arithmetic.result(layer).type if self._arithmetic else None
        return values if type_ is None else layers.Activation(Fixed(type_))(values)

    def _weight(self, layer: Layer, role: str) -> Held:
        return self._arithmetic.weight(layer, role) if self._arithmetic else NOT_HELD

    def _keep(self, layer: Layer, made: Any, roles: dict[str, Any]) -> None:
        for role in roles:
            name = "depthwise_kernel" if hasattr(made, "depthwise_kernel") and role == "kernel" else role
            self._variables[layer.name, role] = getattr(made, _ATTRIBUTES.get(name, name))

    def _keep_masks(self, layer: Layer, pruned: Any, roles: Iterable[str]) -> None:
        for variable, mask, _ in pruned:
            for role in roles:
                if self._variables[layer.name, role] is variable:
                    self._masks[layer.name, role] = mask


def _unknown(layer: Layer) -> NotTrainableError:
    return NotTrainableError(f"'{layer.name}': layers of the kind {layer.op.LABEL} cannot be trained here yet.")
