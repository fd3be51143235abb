"""The rules of folding, against hls4ml's own conditions written out."""

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.flows.factors import nearest
from engine.flows.hls4ml.rules import (
    Family,
    Fold,
    Strategy,
    built_reuse_factor,
    built_strategy,
    folds,
    legal_reuse_factors,
    parallel_off,
    parallelisation_factors,
    reuse_factor_off,
    reuse_factors,
    strategy_off,
)
from engine.network.kinds import GRU, LSTM, Activation, Conv2D, Dense, DepthwiseConv2D, SeparableConv1D

DENSE = Fold(Family.DENSE, 96, 96)
CONV = Fold(Family.CONV, 36, 8)


def takes(n_in, n_out, factor):
    """hls4ml's three conditions, in its own form."""
    limit = ceil(n_in * n_out / min(n_in, factor))
    works = limit % n_out == 0 or factor >= n_in
    steps = factor % n_in == 0 or factor < n_in
    return works and steps and n_in * n_out % factor == 0


@given(st.integers(1, 24), st.integers(1, 24))
def test_legal_reuse_factors_meet_all_three_conditions_and_no_others_do(n_in, n_out):
    expected = [factor for factor in range(1, n_in * n_out + 1) if takes(n_in, n_out, factor)]
    assert list(legal_reuse_factors(n_in, n_out)) == expected


def test_large_layers_have_few_legal_factors():
    found = legal_reuse_factors(4608, 512)
    assert (found[0], found[-1], len(found)) == (1, 4608 * 512, 39)


@pytest.mark.parametrize(("asked", "built"), [(144, 128), (16, 16), (160, 128), (161, 192), (10**9, 4608)])
def test_the_nearest_legal_factor_is_built_and_the_smaller_of_two(asked, built):
    assert nearest(legal_reuse_factors(64, 72), asked) == built


def test_multipliers_are_rounded_up():
    assert Fold(Family.DENSE, 10, 3).multipliers(4) == 8
    assert Fold(Family.DEPTHWISE, 36, 4).multipliers(9) == 4


@pytest.mark.parametrize(
    ("op", "shape", "found"),
    [
        (Dense(units=5), (16,), [(Family.DENSE, 16, 5)]),
        (Dense(units=5), (7, 16), [(Family.CONV, 16, 5)]),
        (Conv2D(filters=8, kernel=(3, 2)), (9, 9, 4), [(Family.CONV, 24, 8)]),
        (DepthwiseConv2D(kernel=(3, 3)), (9, 9, 4), [(Family.DEPTHWISE, 36, 4)]),
        (SeparableConv1D(kernel=(5,), filters=6), (9, 4), [(Family.DEPTHWISE, 20, 4), (Family.CONV, 4, 6)]),
        (LSTM(units=3), (9, 4), [(Family.RECURRENT, 4, 12), (Family.RECURRENT, 3, 12)]),
        (GRU(units=3), (9, 4), [(Family.RECURRENT, 4, 9), (Family.RECURRENT, 3, 9)]),
        (Activation(), (9,), []),
    ],
)
def test_what_a_layer_folds(op, shape, found):
    assert [(fold.family, fold.n_in, fold.n_out) for fold in folds(op, (shape,))] == found


def test_latency_is_off_past_the_limit_of_unrolled_products():
    assert strategy_off(DENSE, "io_parallel", Strategy.LATENCY) == "Latency is off: 9,216 products, limit 4,096."
    assert strategy_off(Fold(Family.DENSE, 64, 64), "io_parallel", Strategy.LATENCY) == ""
    assert strategy_off(DENSE, "io_parallel", Strategy.LATENCY, vitis=True) == ""


def test_reuse_factors_that_leave_too_many_multipliers_are_off():
    assert reuse_factor_off(DENSE, Strategy.RESOURCE, 2) == (
        "Reuse factor 2 is off: 4,608 multipliers at once, limit 4,096."
    )
    assert reuse_factor_off(DENSE, Strategy.RESOURCE, 3) == ""


@pytest.mark.parametrize(
    ("fold", "io_type", "strategy", "word"),
    [
        (CONV, "io_parallel", Strategy.UNROLLED, "io_parallel"),
        (Fold(Family.DEPTHWISE, 36, 4), "io_parallel", Strategy.RESOURCE, "depthwise"),
        (Fold(Family.DEPTHWISE, 36, 4), "io_stream", Strategy.UNROLLED, "depthwise"),
        (Fold(Family.DENSE, 1, 1), "io_parallel", Strategy.UNROLLED, "too small"),
        (DENSE, "io_parallel", Strategy.DISTRIBUTED, "da4ml"),
    ],
)
def test_strategies_that_cannot_be_had_say_why(fold, io_type, strategy, word):
    assert word in strategy_off(fold, io_type, strategy)


def test_strategies_that_hls4ml_replaces():
    assert built_strategy(DENSE, "io_parallel", "resource_unrolled", 1) is Strategy.RESOURCE
    assert built_strategy(DENSE, "io_parallel", "resource_unrolled", 2) is Strategy.UNROLLED
    assert built_strategy(CONV, "io_parallel", "resource_unrolled", 2) is Strategy.RESOURCE
    assert built_strategy(CONV, "io_stream", "resource_unrolled", 2) is Strategy.UNROLLED
    assert built_strategy(Fold(Family.DEPTHWISE, 9, 1), "io_stream", "resource_unrolled", 2) is Strategy.LATENCY


def test_only_resource_kernels_replace_reuse_factors():
    assert built_reuse_factor(CONV, "io_stream", "latency", 7) == 7
    assert built_reuse_factor(CONV, "io_stream", "resource", 7) == 6
    assert built_reuse_factor(CONV, "io_stream", "resource_unrolled", 10**6) == 144


def test_offered_reuse_factors_are_built_as_asked():
    for strategy in (Strategy.LATENCY, Strategy.RESOURCE, Strategy.UNROLLED):
        for factor in reuse_factors(CONV, strategy):
            assert built_reuse_factor(CONV, "io_stream", strategy, factor) == factor


def test_parallelisation_factors_divide_the_pixels():
    assert parallelisation_factors(12) == (1, 2, 3, 4, 6, 12)
    assert parallelisation_factors(1) == (1,)


def test_tensors_too_wide_for_io_parallel_say_so():
    assert parallel_off((64, 64)) == ""
    assert parallel_off((65, 64)) == "io_parallel is off: 4,160 values side by side, limit 4,096. Use io_stream."
