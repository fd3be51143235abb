"""Which kind of layer each function of hls4ml's library is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.network import Op, kinds
from engine.network.kinds.activation import FUNCTIONS
from engine.network.kinds.windows import same_padding
from engine.readers.hls4ml.arrays import Padding
from engine.readers.hls4ml.source import Call, Struct

Make = Callable[[Struct], Op]
_MERGES = {name: name for name in ("add", "subtract", "multiply", "average", "maximum", "minimum")} | {"dot1d": "dot"}
_PARAMETRIC = {"leaky_relu": "leaky_relu", "thresholded_relu": "thresholded_relu", "elu": "elu"}
_OTHER_NAMES = {"dense_tanh": "tanh", "transpose_3d": "transpose"}
"""Of functions in the libraries for Intel's tools."""
_SLOPE = "0.2"


class NoCounterpartError(ValueError):
    """A function of hls4ml's library that no kind of layer stands for; `remedy` says what would do."""

    def __init__(self, message: str, remedy: str = "Open the model that the project was made from.") -> None:
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Operation:
    """A kind of layer, the roles of the weight arrays in the order of the call's arguments, and how many it reads."""

    op: Op
    roles: tuple[str, ...] = ()
    inputs: int = 1


def operation(call: Call, struct: Struct) -> Operation:
    """What a call computes. Raises NoCounterpartError, or ModelFileError for missing constants."""
    bare = call.function.removesuffix("_cl").removesuffix("_me").removesuffix("_ss").removesuffix("_resource")
    bare = _OTHER_NAMES.get(bare, bare)
    _check_kernel(struct)
    if bare in _WITH_WEIGHTS:
        make, roles = _WITH_WEIGHTS[bare]
        return Operation(make(struct), roles)
    if bare in _WITHOUT_WEIGHTS:
        return Operation(_WITHOUT_WEIGHTS[bare](struct))
    if bare in _PARAMETRIC:
        return Operation(kinds.ParametricActivation(_PARAMETRIC[bare], *call.numbers[:1]))
    if bare.startswith("hard_") and str(struct.values.get("slope", _SLOPE)) != _SLOPE:
        raise NoCounterpartError(f"{bare} has a slope of {struct.values['slope']}")
    if bare in FUNCTIONS:
        return Operation(kinds.Activation(bare))
    if bare in _MERGES:
        return Operation(kinds.Merge(_MERGES[bare]), inputs=2)
    if bare.startswith("concatenate"):
        return Operation(kinds.Concatenate(_axis(struct)), inputs=2)
    raise NoCounterpartError(f"the function {call.function} has no counterpart")


def _check_kernel(struct: Struct) -> None:
    """Winograd's kernels have other numbers, and other extents, than the layer's."""
    for extent in ("height", "width"):
        stated = struct.values.get(f"impl_filt_{extent}")
        if stated is not None and stated != struct.values.get(f"filt_{extent}"):
            raise NoCounterpartError("its kernel is written for Winograd's algorithm")


def padding(struct: Struct) -> Padding | None:
    """The zeros in the kernel of a dense layer for Intel's tools; None where there are none."""
    if not struct.values.get("rf_pad") and not struct.values.get("bf_pad"):
        return None
    reuse = max(struct.number("reuse_factor"), 1)
    rows = struct.number("n_in") * struct.number("n_out") // reuse
    return Padding(rows, reuse, struct.number("bf_pad"), struct.number("rf_pad"))


def _axis(struct: Struct) -> int:
    """hls4ml counts the batch as axis 0."""
    axis = struct.number("axis", -1)
    return axis - 1 if axis > 0 else axis


def input_shape(struct: Struct) -> tuple[int, ...]:
    """The extents that a layer reads, as its constants state them. Raises ModelFileError."""
    if "in_height" in struct.values:
        channels = struct.number("n_chan", struct.number("n_filt", 1))
        return struct.number("in_height"), struct.number("in_width"), channels
    if "in_width" in struct.values:
        return struct.number("in_width"), struct.number("n_chan")
    if "pool_width" in struct.values:
        return struct.number("n_in"), struct.number("n_filt")
    return (struct.number("n_in"),)


def _conv1d(struct: Struct) -> dict[str, Any]:
    kernel, stride = struct.number("filt_width"), struct.number("stride_width", 1)
    zeros = (struct.number("pad_left", 0), struct.number("pad_right", 0))
    padding = _padding([(struct.number("in_width"), kernel, stride, zeros)])
    return {"kernel": (kernel,), "strides": (stride,), "padding": padding}


def _conv2d(struct: Struct) -> dict[str, Any]:
    kernel = (struct.number("filt_height"), struct.number("filt_width"))
    strides = (struct.number("stride_height", 1), struct.number("stride_width", 1))
    return {"kernel": kernel, "strides": strides, "padding": _padding_2d(struct, kernel, strides)}


def _padding_2d(struct: Struct, kernel: tuple[int, int], strides: tuple[int, int]) -> str:
    down = (struct.number("pad_top", 0), struct.number("pad_bottom", 0))
    across = (struct.number("pad_left", 0), struct.number("pad_right", 0))
    extents = (struct.number("in_height"), struct.number("in_width"))
    return _padding(list(zip(extents, kernel, strides, (down, across), strict=True)))


def _padding(axes: list[tuple[int, int, int, tuple[int, int]]]) -> str:
    """'valid' or 'same' from the zeros that are added along each axis."""
    if all(zeros == (0, 0) for *_, zeros in axes):
        return "valid"
    if all(zeros == same_padding(size, kernel, stride) for size, kernel, stride, zeros in axes):
        return "same"
    raise NoCounterpartError("it adds zeros of its own around the data")


def _pool1d(struct: Struct) -> Op:
    pool, stride = struct.number("pool_width"), struct.number("stride_width")
    zeros = (struct.number("pad_left", 0), struct.number("pad_right", 0))
    padding = _padding([(struct.number("n_in"), pool, stride, zeros)])
    return kinds.Pool1D(mode=_mode(struct), pool=(pool,), strides=(stride,), padding=padding)


def _pool2d(struct: Struct) -> Op:
    pool = (struct.number("pool_height"), struct.number("pool_width"))
    strides = (struct.number("stride_height"), struct.number("stride_width"))
    return kinds.Pool2D(mode=_mode(struct), pool=pool, strides=strides, padding=_padding_2d(struct, pool, strides))


def _resize(struct: Struct) -> Op:
    """Whole factors of repetition along rows and columns; sequences have no height."""
    across = _times(struct, "new_width", "width")
    if struct.number("height", 1) == 1 and struct.number("new_height", 1) == 1:
        return kinds.UpSample1D(across)
    return kinds.UpSample2D((_times(struct, "new_height", "height"), across))


def _times(struct: Struct, many: str, few: str) -> int:
    """How often one constant goes into another."""
    return struct.number(many) // max(struct.number(few), 1)


def _mode(struct: Struct) -> str:
    return "max" if struct.word("pool_op") == "max" else "average"


def _sides(*names: str) -> Callable[[Struct], tuple[int, ...]]:
    return lambda struct: tuple(struct.number(name) for name in names)


_AROUND, _BESIDE = _sides("pad_top", "pad_bottom", "pad_left", "pad_right"), _sides("pad_left", "pad_right")
_BOTH = ("kernel", "bias")
_WITH_WEIGHTS: dict[str, tuple[Make, tuple[str, ...]]] = {
    "dense": (lambda s: kinds.Dense(s.number("n_out")), _BOTH),
    "conv_1d": (lambda s: kinds.Conv1D(filters=s.number("n_filt"), **_conv1d(s)), _BOTH),
    "conv_2d": (lambda s: kinds.Conv2D(filters=s.number("n_filt"), **_conv2d(s)), _BOTH),
    "pointwise_conv_1d": (lambda s: kinds.Conv1D(filters=s.number("n_filt"), **_conv1d(s)), _BOTH),
    "pointwise_conv_2d": (lambda s: kinds.Conv2D(filters=s.number("n_filt"), **_conv2d(s)), _BOTH),
    "depthwise_conv_1d": (
        lambda s: kinds.DepthwiseConv1D(depth_multiplier=_times(s, "n_filt", "n_chan"), **_conv1d(s)),
        _BOTH,
    ),
    "depthwise_conv_2d": (
        lambda s: kinds.DepthwiseConv2D(depth_multiplier=_times(s, "n_filt", "n_chan"), **_conv2d(s)),
        _BOTH,
    ),
    # The built layer multiplies and adds: γ and β of a normalisation whose mean is 0 and variance 1.
    "normalize": (lambda s: kinds.BatchNorm(epsilon=0.0), ("gamma", "beta")),
    "prelu": (lambda s: kinds.ParametricActivation("prelu", 0.0), ("alpha",)),
}
_WITHOUT_WEIGHTS: dict[str, Make] = {
    "pooling1d": _pool1d,
    "pooling2d": _pool2d,
    "global_pooling1d": lambda s: kinds.GlobalPool(_mode(s)),
    "global_pooling2d": lambda s: kinds.GlobalPool(_mode(s)),
    "zeropad1d": lambda s: kinds.Pad1D(_BESIDE(s)),
    "zeropad2d": lambda s: kinds.Pad2D(_AROUND(s)),
    "resize_nearest": _resize,
    "softmax": lambda s: kinds.Softmax(),
    "softmax_multidim": lambda s: kinds.Softmax(_axis(s)),
    "transpose_2d": lambda s: kinds.Permute((2, 1)),
    "transpose": lambda s: kinds.Permute(tuple(axis + 1 for axis in s.numbers("perm"))),
}
