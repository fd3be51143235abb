"""What may keep the vendor's tool from finishing a design: its limits, and how many known runs alike have failed.

Unrolled products are what both Vivado HLS and its users stumble over: Latency unrolls `Product1` and `Accum1` of
`nnet_dense_latency.h` over all products of a layer, Resource the loop of its multipliers. The counts are of the public
runs of Dendendelen/wa-hls4ml-search (Vivado HLS 2020.1) and ArgyKokk/hls4ml_MLP_estimator (Vitis HLS 2021.1), one
dense layer or a small network each; `python -m tests.benchmarks.failures` counts them anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from math import prod

from engine.design import REUSE_FACTOR, STRATEGY, Design, set_on_layers
from engine.flows.flow import Remedy, Risk
from engine.flows.hls4ml.hardware import Hardware
from engine.flows.hls4ml.rules import (
    PRODUCT_LIMIT,
    Family,
    Fold,
    Strategy,
    built_reuse_factor,
    built_strategy,
    folds,
    parallel_off,
    reuse_factors,
)


@dataclass(frozen=True, slots=True)
class Known:
    """Labelled runs alike: how many failed, of how many, and the products that each had to unroll."""

    failed: int
    runs: int
    products: int

    @property
    def chance(self) -> float:
        """The share that failed."""
        return self.failed / self.runs

    def __str__(self) -> str:
        return f"{self.failed} of {self.runs} runs of {self.products:,} products failed"


SAFE = 2048
"""Products in one layer up to which no known run failed."""
NEAR_LIMIT = Known(24, 42, 3_072)
"""Vivado HLS, Latency: 21 of 21 from 96 inputs to 32 outputs failed, 3 of 21 from 32 to 96, those of 14 bits. Two
shapes make no rule, so the chance is of both together."""
AT_LIMIT = Known(28, 28, PRODUCT_LIMIT)
"""Vivado HLS, Latency and Resource without reuse."""
VITIS = Known(0, 6, 10_976)
"""Vitis HLS, Latency: one network."""


def risks(design: Design, hardware: Hardware, *, vitis: bool) -> Iterator[Risk]:
    """What the tool refuses or may not finish, layer by layer."""
    if design.target.io_type == "io_parallel":
        yield from _too_wide(design)
    for layer in design.network.layers:
        shapes = design.network.input_shapes(layer.name)
        layer_folds = folds(layer.op, shapes) if shapes is not None else ()
        fold = max(layer_folds, key=lambda each: each.products, default=None)
        if fold is not None and fold.products > SAFE:
            yield from _of_layer(design, layer.name, fold, hardware, vitis)


def _too_wide(design: Design) -> Iterator[Risk]:
    """Tensors of io_parallel: every element is a register, and the tool splits no array into more than it takes."""
    shapes = design.network.shapes
    wide = {name: prod(shape) for name, shape in shapes.items() if shape and parallel_off(shape)}
    if wide:
        widest = max(wide, key=lambda name: wide[name])
        title = f"{widest}: {wide[widest]:,} values side by side cannot be built"
        why = f"io_parallel makes each a register; the tool splits no array into more than {PRODUCT_LIMIT:,}."
        yield Risk(title, why, tuple(wide), 1.0, certain=True, remedies=(Remedy("Stream the data", _streamed),))


def _streamed(design: Design) -> Design:
    return replace(design, target=replace(design.target, io_type="io_stream"))


def _of_layer(design: Design, layer: str, fold: Fold, hardware: Hardware, vitis: bool) -> Iterator[Risk]:
    choice = hardware.choices.get(layer)
    if choice is None:
        return
    io_type, asked = design.target.io_type, choice.number(REUSE_FACTOR, 1)
    strategy = built_strategy(fold, io_type, choice.strategy, asked)
    latency = strategy is Strategy.LATENCY
    factor = built_reuse_factor(fold, io_type, choice.strategy, asked)
    unrolled = fold.products if latency else fold.multipliers(factor)
    known = _known(unrolled, latency, vitis)
    if known is None:
        return
    beyond = vitis and unrolled > VITIS.products
    title = f"{layer}: {unrolled:,} products may not synthesise"
    detail = f"{known}; of more nothing is known." if beyond else f"{known}."
    yield Risk(title, detail, (layer,), None if beyond else known.chance, remedies=_shared(fold, layer, factor))


def _known(unrolled: int, latency: bool, vitis: bool) -> Known | None:
    """The labelled runs that tell of so many products; past what Vivado HLS takes the settings are refused outright."""
    if vitis:
        return VITIS if latency and unrolled > PRODUCT_LIMIT else None
    if unrolled == PRODUCT_LIMIT:
        return AT_LIMIT
    return NEAR_LIMIT if latency and SAFE < unrolled < PRODUCT_LIMIT else None


def _shared(fold: Fold, layer: str, factor: int) -> tuple[Remedy, ...]:
    """Resource with the next reuse factor: multipliers share a loop that is not unrolled."""
    if fold.family is Family.DEPTHWISE:
        return ()
    legal = reuse_factors(fold, Strategy.RESOURCE)
    larger = next((each for each in legal if each > 1 and each >= factor), legal[-1])
    return (Remedy(f"Resource, reuse {larger:,}", partial(_with_resource, layer=layer, factor=larger)),)


def _with_resource(design: Design, layer: str, factor: int) -> Design:
    resource = set_on_layers(design, (layer,), STRATEGY, Strategy.RESOURCE.value)
    return set_on_layers(resource, (layer,), REUSE_FACTOR, factor)
