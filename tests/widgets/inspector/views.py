"""Views for tests, benchmarks and pictures: a convolution, a mixed selection, an input, nothing selected."""

from dataclasses import replace
from math import ceil

import numpy as np

from engine.estimate import Tier, about, exactly
from engine.flows.hls4ml.rules import legal_reuse_factors
from engine.network.kinds import Conv2D, Input, Pool2D
from engine.precision import FixedType, parse
from widgets.inspector import (
    AdviceRow,
    AdviceView,
    BuiltRow,
    BuiltView,
    ChoiceView,
    CostRow,
    CostView,
    Fact,
    HeaderView,
    InputView,
    InspectorView,
    NoteView,
    ReuseView,
    RoleView,
    SettingView,
    Spread,
    Tally,
    measure,
    noise_db,
    params_of,
)

WEIGHTS = np.random.default_rng(7).normal(0, 0.17, 9216).clip(-0.99, 0.99)
SPREADS = (Spread("kind", "Use for every Conv2D"), Spread("design", "Use as the design's default"))


def role(key, label, *types, **more):
    """A role with `(spelling, layers)` pairs."""
    tallies = tuple(Tally(parse(text), layers) for text, layers in types)
    return RoleView(key, label, tallies, **{"origin": "set on this layer", **more})


def roles(weights="ap_fixed<8,3>"):
    """The four types of a convolution."""
    type_ = parse(weights)
    return (
        role(
            "weight",
            "Weights",
            (weights, 1),
            resettable=True,
            histogram=measure(WEIGHTS),
            noise_db=noise_db(WEIGHTS, type_) if isinstance(type_, FixedType) else None,
            spreads=SPREADS,
        ),
        role("bias", "Bias", ("ap_fixed<8,3>", 1), origin="inherited from the design", inherited=True),
        role(
            "accum",
            "Sum",
            ("ap_fixed<26,10>", 1),
            origin="chosen by the converter",
            inherited=True,
            no_histogram="Emulate the design to see which bits its sums use.",
        ),
        role("result", "Result", ("auto", 1), built=FixedType(9, 3), origin="chosen by the converter"),
    )


def reuse(value=72, n_in=288, n_out=32, pixels=16, **more):
    """Legal reuse factors of a convolution and what they cost."""
    legal = legal_reuse_factors(n_in, n_out)
    products = tuple(ceil(n_in * n_out / each) for each in legal)
    details = {"before": 144, "suggestion": 288, "suggestion_text": "frees 96 DSP at the same rate", "slowest": 4836.0}
    return ReuseView(
        legal,
        (Tally(value, 1),),
        multipliers=products,
        amounts=tuple(float(each) for each in products),
        intervals=tuple(float(pixels * (each + 4)) for each in legal),
        **{**details, **more},
    )


def mixed_reuse():
    """Five values over twenty layers."""
    held = (Tally(96, 6), Tally(144, 5), Tally(64, 4), Tally(288, 3), Tally(576, 2))
    return ReuseView(legal_reuse_factors(2304, 256), held)


def strategy(*values):
    """Three strategies, the first of them off; by default one layer has Resource."""
    held = values or (("resource", 1),)
    layers = dict(held)
    reason = "Latency is off: 9,216 products, limit 4,096."
    if len(held) > 1:
        reason = "Latency is off for 20 of 20: too many products"
    choices = (
        ChoiceView("latency", "Latency", reason, layers.get("latency", 0)),
        ChoiceView("resource", "Resource", "", layers.get("resource", 0)),
        ChoiceView("resource_unrolled", "Unrolled", "", layers.get("resource_unrolled", 0)),
    )
    origin = "inherited from the design" if len(held) == 1 else f"{len(held)} values"
    tallies = tuple(Tally(value, count) for value, count in held)
    return SettingView("strategy", "Strategy", "How products become hardware.", tallies, choices, origin, True)


def settings():
    """A number of choices, and one without."""
    choices = tuple(ChoiceView(each, f"{each:,}", "" if each < 16 else "io_stream only") for each in (1, 2, 4, 8, 16))
    return (
        SettingView(
            "parallelization_factor",
            "Parallelisation",
            "How many output pixels are computed at once.",
            (Tally(2, 1),),
            choices,
            "set on this layer",
            resettable=True,
        ),
        SettingView("table_size", "Table size", "Entries of the table.", (Tally(1024, 1),), (), "default", True),
    )


def cost(dsp=128.0, title="Cost of this layer"):
    """Four resources."""
    return CostView(
        title,
        Tier.ESTIMATE,
        (
            CostRow("LUT", "LUT", about(10940, 0.15, 0.19), 0.27),
            CostRow("FF", "FF", about(12700, 0.095, 0.11), 0.29),
            CostRow("DSP", "DSP", exactly(dsp), 0.5),
            CostRow("BRAM18", "BRAM", about(29, 0.07, 0.07), 0.38),
        ),
    )


def conv(value=72, weights="ap_fixed<8,3>"):
    """One convolution, as in the picture of the window."""
    return InspectorView(
        ("block2_conv2",),
        HeaderView("block2_conv2", "Conv2D · 3×3 · 32 filters", "conv"),
        (
            Fact("Input to output", "4×4×32 → 4×4×32"),
            Fact("Parameters", "9,248 · 74.0 kbit"),
            Fact("Multiply-accumulates", "147,456"),
        ),
        precision=roles(weights),
        reuse=reuse(value),
        strategy=strategy(),
        settings=settings(),
        params=params_of([Conv2D(filters=32, padding="same")]),
        params_source="3×3 · 32 filters",
        cost=cost(9216 / value),
        built=BuiltView(
            "hls4ml 1.3",
            (
                BuiltRow("zeropad2d_block2_conv2", "inserted", layer="block2_conv2"),
                BuiltRow("block2_conv2", "yours", own=True, group="conv"),
                BuiltRow("FIFO to add_2, 16 deep", "stream", layer="add_2"),
            ),
        ),
    )


def several(layers=20):
    """A mixed selection, as in the picture of the overview."""
    share = round(layers * 0.7)
    types = (("ap_fixed<8,3>", share), ("ap_fixed<6,2>", layers - share))
    return InspectorView(
        tuple(f"layer{number}" for number in range(layers)),
        HeaderView(f"{layers} layers selected", "Conv2D in stages 5 and 6", icon="layers"),
        (
            Fact("Parameters", "7.81 M in all"),
            Fact("Output", "14×14×256, 14×14×320"),
            Fact("Share of BRAM", "32 %"),
        ),
        precision=tuple(
            role(key, label, *types, origin="2 values", resettable=True, spreads=SPREADS)
            for key, label in (("weight", "Weights"), ("bias", "Bias"), ("accum", "Sum"), ("result", "Result"))
        ),
        reuse=mixed_reuse(),
        strategy=strategy(("resource", layers - 2), ("resource_unrolled", 2)),
        cost=cost(704.0, "Cost of these layers"),
        advice=AdviceView(
            "ranked by BRAM saved",
            (
                AdviceRow("Weights to 6 bits in 14 layers", "accuracy not checked yet", "−44", "a"),
                AdviceRow("Reuse to 144 in 4 layers", "rate falls to 171 /s", "−21", "b"),
                AdviceRow("Move stage6_b4_conv2 to URAM", "uses 8 URAM", "−16", "c"),
            ),
        ),
    )


def image():
    """An input layer in an empty network."""
    return InspectorView(
        ("image",),
        HeaderView("Image", "Input of the network"),
        input=InputView(params_of([Input(shape=(8, 8, 1))])[0], parse("ap_ufixed<4,0>"), "0 to 0.938"),
        hint="Start with a convolution for pictures, or a dense layer for a list of numbers.",
    )


def nothing():
    """Nothing selected: the network in a few lines, and the next step."""
    return InspectorView(
        (),
        HeaderView("digits_resnet", "17 layers, nothing selected", icon="layers"),
        (
            Fact("Input to output", "8×8×1 → 10"),
            Fact("Parameters", "19,562 · 156 kbit"),
            Fact("Multiply-accumulates", "530,000"),
        ),
        hint="Click a layer to set its precision and reuse factor. Drag over several to set them together.",
    )


def pool():
    """A layer that multiplies nothing: one type, parameters, no reuse factor."""
    return InspectorView(
        ("pool",),
        HeaderView("global_pool", "Max pool 2×2", "pool"),
        (Fact("Input to output", "8×8×32 → 4×4×32"),),
        notes=(NoteView("Average pool may overflow", "warning", "Widen sum", "fix"),),
        precision=(role("result", "Result", ("ap_fixed<12,5>", 1), origin="inherited from the design"),),
        params=params_of([Pool2D()]),
        cost=replace(cost(0.0), edits_old=2),
    )
