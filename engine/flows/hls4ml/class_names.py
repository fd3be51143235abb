"""hls4ml's class of each kind of layer, as it stands after conversion."""

from functools import singledispatch

from engine.flows.hls4ml.quantisers import quantised_activation
from engine.network import Layer, Op, Shape, kinds

_LAYER_CLASS = {"LeakyReLU": "ParametrizedActivation"}
_FUNCTIONS = {
    "elu": "ParametrizedActivation",
    "hard_sigmoid": "HardActivation",
    "hard_tanh": "HardActivation",
    "ternary_tanh": "TernaryTanh",
}


def class_name(layer: Layer, inputs: tuple[Shape, ...]) -> str:
    """The class that hls4ml builds for a layer with these input shapes."""
    words = quantised_activation(layer)
    if words is not None:
        word = str(words["class_name"])
        return _LAYER_CLASS.get(word, word)
    return _name(layer.op, inputs)


def is_pointwise(name: str) -> bool:
    """Whether a class is a convolution of kernel 1, which hls4ml builds with kernels of its own."""
    return name.startswith("Pointwise")


def step_levels(layer: Layer) -> int:
    """Levels of an activation that is a step: 2 for a sign, 3 for a sign or zero; 0 for all others."""
    function = getattr(layer.op, "function", "")
    words = quantised_activation(layer)
    if words is not None:
        function = words["activation"]
    return {"binary_tanh": 2, "ternary_tanh": 3}.get(function, 0)


@singledispatch
def _name(op: Op, inputs: tuple[Shape, ...]) -> str:
    """Most kinds are called as ours."""
    return type(op).__name__


@_name.register
def _(op: kinds.Input, inputs: tuple[Shape, ...]) -> str:
    return "Input"


@_name.register
def _(op: kinds.Dense, inputs: tuple[Shape, ...]) -> str:
    axes = len(inputs[0]) - 1
    return f"PointwiseConv{axes}D" if axes else "Dense"


@_name.register(kinds.Conv1D)
@_name.register(kinds.Conv2D)
def _convolution(op: kinds.Conv1D | kinds.Conv2D, inputs: tuple[Shape, ...]) -> str:
    pointwise = all(extent == 1 for extent in op.kernel)
    return f"{'Pointwise' if pointwise else ''}Conv{op.AXES}D"


@_name.register
def _(op: kinds.BatchNorm, inputs: tuple[Shape, ...]) -> str:
    return "BatchNormalization"


@_name.register
def _(op: kinds.Activation, inputs: tuple[Shape, ...]) -> str:
    return _FUNCTIONS.get(op.function, "Activation")


@_name.register
def _(op: kinds.ParametricActivation, inputs: tuple[Shape, ...]) -> str:
    return "PReLU" if op.function == "prelu" else "ParametrizedActivation"


@_name.register
def _(op: kinds.Softmax, inputs: tuple[Shape, ...]) -> str:
    return "Softmax"


@_name.register(kinds.Pool1D)
@_name.register(kinds.Pool2D)
def _pooling(op: kinds.Pool1D | kinds.Pool2D, inputs: tuple[Shape, ...]) -> str:
    return f"Pooling{op.AXES}D"


@_name.register
def _(op: kinds.GlobalPool, inputs: tuple[Shape, ...]) -> str:
    return f"GlobalPooling{len(inputs[0]) - 1}D"


@_name.register
def _(op: kinds.Merge, inputs: tuple[Shape, ...]) -> str:
    return "Dot" if op.operation == "dot" else "Merge"


@_name.register
def _(op: kinds.Concatenate, inputs: tuple[Shape, ...]) -> str:
    return "Concatenate"


@_name.register(kinds.Flatten)
@_name.register(kinds.Reshape)
def _reshape(op: Op, inputs: tuple[Shape, ...]) -> str:
    return "Reshape"


@_name.register
def _(op: kinds.Permute, inputs: tuple[Shape, ...]) -> str:
    return "Transpose"


@_name.register(kinds.Pad1D)
@_name.register(kinds.Pad2D)
def _padding(op: kinds.Pad1D | kinds.Pad2D, inputs: tuple[Shape, ...]) -> str:
    return f"ZeroPadding{len(op.padding) // 2}D"


@_name.register(kinds.UpSample1D)
@_name.register(kinds.UpSample2D)
def _up_sampling(op: Op, inputs: tuple[Shape, ...]) -> str:
    return "Resize"
