"""The design that a report is of, built anew from the configurations of its layers."""

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from engine.boards import Board, Family, board
from engine.design import MULTIPLIERS, Design, Target, set_default, set_on_layers
from engine.flows.hls4ml.choices import CONV_IMPLEMENTATION, IMPLEMENTATION
from engine.network import Layer, Network, NetworkError, Op, TensorStore, kinds
from engine.precision import parse
from tests.benchmarks.estimates.made_weights import made_weights
from tests.benchmarks.estimates.pruned import on_read_ways
from tests.benchmarks.estimates.reports import Report

Entry = dict


class UnbuildableError(ValueError):
    """A row that no design can be made from; the message says what it lacks."""


def design_of(report: Report, store: TensorStore, draw: int = 0) -> Design:
    """The reported design, with weights that have the reported counts of zeros and digits; `draw`: which ones.

    Raises UnbuildableError with the reason.
    """
    if not report.layers:
        raise UnbuildableError("no layers in the table")
    _complete(report)
    try:
        return _design(report, store, draw)
    except (KeyError, NetworkError, ValueError) as error:
        what = f"no {error}" if isinstance(error, KeyError) else str(error)
        raise UnbuildableError(what) from error


def _complete(report: Report) -> None:
    for entry in report.layers:
        if entry["fn"] not in _OPS and entry["fn"] != "flatten":
            raise UnbuildableError(f"layers '{entry['fn']}' are not known")
    if not report.row["clock_ns"]:
        raise UnbuildableError("no clock in the table")


def _design(report: Report, store: TensorStore, draw: int) -> Design:
    first = report.layers[0]
    layers = [Layer("input", kinds.Input(shape=_input_shape(first)))]
    settings = [("input", "result", parse(_bare(first["in_t"])))] if "in_t" in first else []
    encoded = report.id not in _LINE_BUFFERS and any(_is_encoded(entry) for entry in report.layers)
    for index, entry in enumerate(report.layers):
        if entry["fn"] == "flatten":
            continue
        if entry["fn"] in _FLAT and len(Network(tuple(layers)).shapes[layers[-1].name] or ()) > 1:
            layers.append(Layer(f"flatten{index}", kinds.Flatten(), (layers[-1].name,)))
        name = f"layer{index}"
        layer = Layer(name, _OPS[entry["fn"]](entry), (layers[-1].name,))
        layers.append(_with_weights(report, layer, entry, (store, draw), layers))
        settings += _settings(name, entry, report.row["default_precision"])
        if encoded and any(word in entry["fn"] for word in ("conv", "pool")):
            settings.append((name, CONV_IMPLEMENTATION, "encoded"))
    shapes = {name: shape or () for name, shape in Network(tuple(layers)).shapes.items()}
    design = Design(report.id, Network(tuple(on_read_ways(layers, shapes, store, draw))), target_of(report))
    asked = multipliers(report)
    if asked:
        design = set_default(design, MULTIPLIERS, asked)
    if report.row["default_precision"]:
        design = replace(design, defaults=design.defaults.with_("precision", parse(report.row["default_precision"])))
    if any(_side_by_side(entry) for entry in report.layers):
        settings.append(("input", "strategy", "resource"))
    for name, key, value in settings:
        design = set_on_layers(design, (name,), key, value)
    return design


_LINE_BUFFERS = ("P041",)
"""Reports that list line buffers, although their configurations are those of encoded windows."""


def _is_encoded(entry: Entry) -> bool:
    """Encoded windows are tables of the least picture with all cases; line buffers are told the picture itself."""
    return "conv" in entry["fn"] and entry.get("min_width", 0) < entry.get("in_width", 0) and "min_width" in entry


def multipliers(report: Report) -> str:
    """What the project had the tool build multipliers of, as its notes say."""
    forced = re.search(r"config_op mul -impl (dsp|fabric)", report.row.get("notes", ""))
    return {"dsp": "dsp", "fabric": "lut"}[forced[1]] if forced else ""


def _with_weights(
    report: Report, layer: Layer, entry: Entry, drawn: tuple[TensorStore, int], before: list[Layer]
) -> Layer:
    store, draw = drawn
    shapes = layer.op.weight_shapes(Network((*before, layer)).input_shapes(layer.name) or ())
    stats = {"kernel": "wstats_w", "depthwise": "wstats_w", "recurrent_kernel": "wstats_wr"}
    weights = []
    for role, shape in shapes.items():
        word = stats.get(role, "")
        if report.row.get("weights", "").startswith("all ones (conv)") and "conv" in entry["fn"]:
            weights.append((role, store.put(np.ones(shape))))
        elif word in entry:
            type = entry.get("weight_t") or entry["mult_config"]["weight_t"]
            weights.append((role, store.put(made_weights(entry[word], parse(type), shape, draw))))
    return replace(layer, weights=tuple(weights))


def _input_shape(entry: Entry) -> tuple[int, ...]:
    if "in_height" in entry:
        return (entry["in_height"], entry["in_width"], entry["n_chan"])
    if "n_sequence" in entry:
        return (entry["n_sequence"], entry["n_in"])
    if "in_width" in entry:
        return (entry["in_width"], entry["n_chan"])
    if "n_in" not in entry:
        raise UnbuildableError(f"no size of '{entry['fn']}' in the table")
    return (entry["n_in"],)


def _settings(name: str, entry: Entry, default: str) -> list[tuple]:
    mult = entry.get("mult_config", {})
    found = []
    for key, word in _TYPES.items():
        text = entry.get(word) or mult.get(word) or (default if key in _DEFAULTED and entry["fn"] in _FOLDED else "")
        if text:
            found.append((name, key, parse(_bare(text))))
    strategy = mult.get("strategy") or entry.get("strategy") or (entry.get("mult_config1") or {}).get("strategy")
    if strategy and entry["fn"] in _FOLDED:
        found.append((name, "strategy", strategy))
    if entry["fn"] in (*_FOLDED, "softmax") and entry.get("reuse_factor"):
        found.append((name, "reuse_factor", int(entry["reuse_factor"])))
    if "table_size" in entry:
        found.append((name, "table_size", int(entry["table_size"])))
    if entry["fn"] == "softmax" and _is_plain(entry):
        found.append((name, IMPLEMENTATION, "latency"))
    if "conv" in entry["fn"]:
        found.append((name, "parallelization_factor", _at_once(entry)))
    return found


_DEFAULTED = ("result", "accum")
"""What hls4ml did not work out before 1.0 where it was not told: where a row names a default type, it is that."""


def _is_plain(entry: Entry) -> bool:
    """Whether a softmax has hls4ml's own tables from before 0.7, when its implementation was that of the strategy."""
    return entry.get("exp_table_t") == entry.get("inv_table_t") == "ap_fixed<18,8>"


def _side_by_side(entry: Entry) -> bool:
    """Whether hls4ml before 1.0 had all layers run side by side for this one's sake, although it takes no steps."""
    return _at_once(entry) * entry["n_partitions"] > _pixels(entry) if "n_partitions" in entry else False


def _pixels(entry: Entry) -> int:
    return entry.get("out_height", 1) * entry.get("out_width", 1)


def _at_once(entry: Entry) -> int:
    """Pixels at once. hls4ml before 1.0 unrolled all parts of a 1 × 1 convolution in one dimension; an unreleased
    kernel did not heed what it was asked for: its reports are the same for each of 1 to 144."""
    if "parallelization_factor" in entry:
        return 1
    if "n_partitions" not in entry or (entry["fn"] == "pointwise_conv_1d_cl" and entry.get("strategy") == "latency"):
        return _pixels(entry)
    return max(_pixels(entry) // entry["n_partitions"], 1)


def _bare(text: str) -> str:
    """`nnet::array<ap_fixed<16,6>, 8*1>` → `ap_fixed<16,6>`."""
    text = text.strip()
    return text.removeprefix("nnet::array<").rpartition(",")[0].strip() if text.startswith("nnet::array<") else text


_TYPES = {
    "result": "out_t",
    "weight": "weight_t",
    "bias": "bias_t",
    "accum": "accum_t",
    "recurrent_weight": "recurrent_weight_t",
    "recurrent_bias": "recurrent_bias_t",
    "table": "table_t",
    "exp_table": "exp_table_t",
    "inv_table": "inv_table_t",
}


def _conv2d(entry: Entry) -> Op:
    return kinds.Conv2D(**_window2d(entry), filters=entry["n_filt"])


def _conv1d(entry: Entry) -> Op:
    return kinds.Conv1D(**_window1d(entry), filters=entry["n_filt"])


def _window2d(entry: Entry) -> dict:
    strides = (entry.get("stride_height", 1), entry.get("stride_width", 1))
    padded = any(entry.get(f"pad_{side}") for side in ("top", "bottom", "left", "right"))
    padding = "same" if padded or entry.get("padding") == "same" else "valid"
    return {"kernel": (entry["filt_height"], entry["filt_width"]), "strides": strides, "padding": padding}


def _window1d(entry: Entry) -> dict:
    padded = entry.get("pad_left") or entry.get("pad_right") or entry.get("padding") == "same"
    padding = "same" if padded else "valid"
    return {"kernel": (entry["filt_width"],), "strides": (entry.get("stride_width", 1),), "padding": padding}


def _pool2d(entry: Entry) -> Op:
    pool = (entry["pool_height"], entry["pool_width"])
    return kinds.Pool2D(
        mode=_mode(entry), pool=pool, strides=(entry.get("stride_height", pool[0]), entry.get("stride_width", pool[1]))
    )


def _pool1d(entry: Entry) -> Op:
    pool = (entry["pool_width"],)
    return kinds.Pool1D(mode=_mode(entry), pool=pool, strides=(entry.get("stride_width", pool[0]),))


def _mode(entry: Entry) -> str:
    word = f"{entry.get('pool_op', '')} {entry.get('name', '')}".lower()
    return "average" if "av" in word else "max"


def _recurrent(kind: type) -> Callable[[Entry], Op]:
    return lambda entry: kind(units=entry["n_state"], return_sequences=entry.get("n_sequence_out", 1) > 1)


def _function(name: str) -> Callable[[Entry], Op]:
    return lambda entry: kinds.Activation(function=name)


_OPS: dict[str, Callable[[Entry], Op]] = {
    "dense": lambda entry: kinds.Dense(units=entry["n_out"]),
    **dict.fromkeys(("conv_2d_cl", "conv_2d"), _conv2d),
    **dict.fromkeys(("conv_1d_cl", "conv_1d"), _conv1d),
    "pointwise_conv_2d_cl": lambda entry: kinds.Conv2D(kernel=(1, 1), filters=entry["n_filt"]),
    "pointwise_conv_1d_cl": lambda entry: kinds.Conv1D(
        kernel=(1,), strides=(1,), dilation=(1,), filters=entry["n_filt"]
    ),
    "depthwise_conv_2d_cl": lambda entry: kinds.DepthwiseConv2D(**_window2d(entry)),
    "depthwise_conv_1d_cl": lambda entry: kinds.DepthwiseConv1D(**_window1d(entry)),
    **dict.fromkeys(("pooling2d_cl", "pooling2d"), _pool2d),
    **dict.fromkeys(("pooling1d_cl", "pooling1d"), _pool1d),
    **dict.fromkeys(("global_pooling1d_cl", "global_pooling2d_cl"), lambda entry: kinds.GlobalPool(mode=_mode(entry))),
    "zeropad2d_cl": lambda entry: kinds.Pad2D(
        padding=(entry["pad_top"], entry["pad_bottom"], entry["pad_left"], entry["pad_right"])
    ),
    "zeropad1d_cl": lambda entry: kinds.Pad1D(padding=(entry["pad_left"], entry["pad_right"])),
    "resize_nearest": lambda entry: kinds.UpSample2D(
        size=(
            entry.get("new_height", 2 * entry["height"]) // entry["height"],
            entry.get("new_width", 2 * entry["width"]) // entry["width"],
        )
    ),
    **{name: _function(name) for name in ("relu", "linear", "sigmoid", "tanh", "softplus", "softsign", "selu")},
    **{name: _function(name) for name in ("hard_sigmoid", "hard_tanh", "binary_tanh", "ternary_tanh")},
    **dict.fromkeys(
        ("leaky_relu", "LeakyReLU"),
        lambda entry: kinds.ParametricActivation(function="leaky_relu", alpha=float(entry.get("alpha", 0.3))),
    ),
    "softmax": lambda entry: kinds.Softmax(),
    **dict.fromkeys(("normalize", "BatchNormalization"), lambda entry: kinds.BatchNorm()),
    **dict.fromkeys(("gru_stack", "gru"), _recurrent(kinds.GRU)),
    **dict.fromkeys(("lstm_stack", "lstm"), _recurrent(kinds.LSTM)),
}
_FLAT = ("dense",)
_FOLDED = tuple(name for name in _OPS if "conv" in name or name in ("dense", "gru_stack", "gru", "lstm_stack", "lstm"))


def target_of(report: Report) -> Target:
    """The part with plenty of everything: only its family and the clock matter to an estimate."""
    flow = "vitis" if report.row["tool"].startswith("Vitis") else "vivado"
    return Target(_board(report.row["part"]), _clock_ns(report, _RESERVES[flow]), flow, report.row["io_type"])


_RESERVES = {"vitis": 0.27, "vivado": 0.125}
"""Share of the period that hls4ml has each tool keep in reserve."""


def _clock_ns(report: Report, reserve: float) -> float:
    """The period that leaves as much for logic as the report's, where that kept another reserve."""
    period, kept = float(report.row["clock_ns"]), report.row.get("clock_uncertainty_ns")
    return (period - float(kept)) / (1 - reserve) if kept else period


def _board(part: str) -> Board:
    if part.startswith("xc7"):
        return replace(board("pynq-z2"), id="part", part=part)
    family = Family.ULTRASCALE if _ULTRASCALE.match(part) else Family.ULTRASCALE_PLUS
    common = tuple(supply for supply in board("zcu102").resources if supply.unit.name != "URAM")
    return replace(board("zcu102"), id="part", part=part, family=family, resources=common)


_ULTRASCALE = re.compile(r"xc[kv]u\d+-?[a-oq-z]")
"""UltraScale+ parts have a p behind their number."""
