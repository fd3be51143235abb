"""Branches that part and meet again: bit-exact, in the cycles foretold, never slower than their slowest layer."""

from dataclasses import replace

import pytest

from engine.boards import board
from engine.design import Design, Target, set_on_layers
from engine.flows.rtl.rooms import Room
from engine.flows.rtl.timeline import timeline
from engine.network import Layer, Network
from engine.network.kinds import (
    Activation,
    BatchNorm,
    Concatenate,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Input,
    Merge,
    Pool2D,
    Softmax,
)
from engine.precision import parse
from tests.engine.flows.rtl.running import assert_exact, assert_lint_clean, built, with_positive_variances
from tests.samples import with_random_weights

TARGET = Target(board("pynq-z2"), 10.0)
TYPES = ("ap_fixed<8,3>", "ap_ufixed<9,5>")


def met(name, op, shapes, result):
    """Two inputs, joined."""
    ins = [(f"{name}_in{i}", Input(shape=shape), (), {"result": TYPES[i]}) for i, shape in enumerate(shapes)]
    return [*ins, (name, op, tuple(each[0] for each in ins), {"result": result})]


MEETINGS = [
    met("added", Merge("add"), [(6,)] * 2, "ap_fixed<9,5,AP_RND,AP_SAT>"),
    met("subtracted", Merge("subtract"), [(2, 3)] * 2, "ap_fixed<12,6>"),
    met("multiplied", Merge("multiply"), [(6,)] * 2, "ap_fixed<14,7,AP_RND_CONV>"),
    met("averaged", Merge("average"), [(6,)] * 2, "ap_fixed<9,5>"),
    met("larger", Merge("maximum"), [(6,)] * 2, "ap_ufixed<7,4,AP_TRN,AP_SAT>"),
    met("smaller", Merge("minimum"), [(6,)] * 2, "ap_fixed<14,7>"),
    met("product", Merge("dot"), [(6,)] * 2, "ap_fixed<14,9>"),
    met("appended", Concatenate(), [(4,), (6,)], "ap_fixed<9,5,AP_RND,AP_SAT>"),
    met("side", Concatenate(), [(4, 2), (4, 4)], "ap_fixed<9,5,AP_RND,AP_SAT>"),
    met("below", Concatenate(axis=0), [(1, 3), (2, 3)], "ap_fixed<12,6>"),
    met("odd", Concatenate(), [(5,), (2,)], "ap_fixed<8,4>"),
]


def dense(name, source, units, reuse_factor):
    """A dense layer that is folded."""
    return (name, Dense(units=units), (source,), {"reuse_factor": reuse_factor, "strategy": "Resource"})


FORKS = [
    # A short cut around one folded layer, and around two.
    [("a_in", Input(shape=(6,)), (), {}), dense("a1", "a_in", 6, 18), ("a", Merge(), ("a1", "a_in"), {})],
    [
        ("b_in", Input(shape=(6,)), (), {}),
        dense("b1", "b_in", 8, 6),
        ("b2", Activation(), ("b1",), {}),
        dense("b3", "b2", 8, 16),
        dense("b4", "b3", 8, 8),
        ("b", Merge("subtract"), ("b2", "b4"), {}),
        dense("b5", "b", 2, 4),
    ],
    # Many words, and a branch that gives none before it has a whole row.
    [
        ("c_in", Input(shape=(5, 4)), (), {}),
        ("c1", Softmax(), ("c_in",), {"table_size": 128}),
        ("c", Merge("multiply"), ("c_in", "c1"), {}),
    ],
    # A fork within a fork.
    [
        ("d_in", Input(shape=(8,)), (), {}),
        ("d1", Activation("sigmoid"), ("d_in",), {"table_size": 64}),
        ("d2", Activation("relu"), ("d1",), {}),
        dense("d3", "d1", 8, 16),
        ("d4", Merge(), ("d2", "d3"), {}),
        ("d", Concatenate(), ("d_in", "d4"), {}),
        dense("d5", "d", 3, 16),
    ],
    # Two folded branches of different pace.
    [
        ("e_in", Input(shape=(6,)), (), {}),
        dense("e1", "e_in", 6, 3),
        dense("e2", "e_in", 4, 24),
        ("e", Concatenate(), ("e1", "e2"), {}),
        ("e3", Softmax(), ("e",), {"table_size": 128}),
    ],
    [
        ("f_in", Input(shape=(6,)), (), {}),
        dense("f1", "f_in", 4, 6),
        dense("f2", "f1", 6, 12),
        ("f", Merge("dot"), ("f2", "f_in"), {}),
    ],
    # The short branch alone is read by somebody else too.
    [
        ("g_in", Input(shape=(3, 4)), (), {}),
        ("g1", BatchNorm(), ("g_in",), {}),
        ("g2", Softmax(), ("g1",), {"table_size": 128}),
        ("g", Merge("maximum"), ("g1", "g2"), {}),
        ("g3", Activation("linear"), ("g1",), {"result": "ap_fixed<6,3,AP_RND,AP_SAT>"}),
    ],
]

FOLDED = {"result": "ap_fixed<10,5>", "strategy": "Resource"}
SHARED = [
    # Zeros are put around for one reader: the words meanwhile come later for all.
    [
        ("h_in", Input(shape=(5, 5, 1)), (), {}),
        ("h1", DepthwiseConv2D(kernel=(2, 2), padding="same"), ("h_in",), {"reuse_factor": 1, **FOLDED}),
        ("h2", Activation("tanh"), ("h_in",), {"table_size": 64}),
        ("h", Merge(), ("h_in", "h2"), {}),
    ],
    # Two readers that let words wait, each at its own time.
    [
        ("i_in", Input(shape=(5, 4, 4)), (), {}),
        ("i1", Conv2D(filters=2), ("i_in",), {"reuse_factor": 12, **FOLDED}),
        ("i2", Pool2D("average"), ("i_in",), {}),
        ("i", Activation(), ("i2",), {}),
    ],
    # A layer that would stand still until the slower of its readers has taken a word.
    [
        ("j_in", Input(shape=(4, 5, 1)), (), {}),
        ("j1", Conv2D(filters=2, padding="same"), ("j_in",), {"reuse_factor": 1, **FOLDED}),
        ("j2", Conv2D(filters=2, padding="same"), ("j1",), {"reuse_factor": 9, **FOLDED}),
        ("j", Merge(), ("j1", "j2"), {}),
    ],
]
"""Pictures that several layers read."""


def design_of(store, branches, io_type="io_parallel"):
    """All of them side by side."""
    layers = [Layer(name, op, sources) for branch in branches for name, op, sources, _ in branch]
    network = with_positive_variances(with_random_weights(Network(tuple(layers)), store), store)
    design = Design("branches", network, replace(TARGET, io_type=io_type))
    for branch in branches:
        for name, _, _, settings in branch:
            for key, value in settings.items():
                given = parse(value) if str(value).startswith("ap_") else value
                design = set_on_layers(design, (name,), key, given)
    return design


@pytest.mark.compiler
def test_branches_meet_bit_exactly_in_the_cycles_foretold(store, tmp_path):
    specification, hardware = built(design_of(store, MEETINGS), store)
    assert not timeline(hardware).rooms
    assert_lint_clean(hardware, tmp_path)
    assert_exact(specification, hardware, tmp_path, seeds=range(1, 20))


@pytest.mark.compiler
def test_forks_neither_stall_nor_stop_the_branches_behind_them(store, tmp_path):
    specification, hardware = built(design_of(store, FORKS), store)
    assert {name for name, _ in timeline(hardware).rooms} >= set("abcdefg")
    assert_lint_clean(hardware, tmp_path)
    assert_exact(specification, hardware, tmp_path, seeds=range(1, 20))


@pytest.mark.compiler
def test_layers_that_read_the_same_words_take_the_cycles_foretold(store, tmp_path):
    specification, hardware = built(design_of(store, SHARED, "io_stream"), store)
    assert_lint_clean(hardware, tmp_path)
    assert_exact(specification, hardware, tmp_path)


def test_readers_run_ahead_of_each_other_only_where_their_writer_would_be_late(store):
    _, hardware = built(design_of(store, SHARED, "io_stream"), store)
    assert {name for name, _ in timeline(hardware).rooms} == {"h", "j", "j2"}


@pytest.mark.compiler
def test_folded_layers_in_a_row_work_on_frames_of_their_own(store, tmp_path):
    row = [
        ("in", Input(shape=(8,)), (), {}),
        dense("first", "in", 8, 64),
        dense("second", "first", 8, 64),
        dense("third", "second", 8, 32),
    ]
    specification, hardware = built(design_of(store, [row]), store)
    foretold = timeline(hardware)
    assert foretold.interval == 64
    assert dict(foretold.rooms) == {("second", 0): Room(parts=8), ("third", 0): Room(parts=8)}
    assert_exact(specification, hardware, tmp_path)
