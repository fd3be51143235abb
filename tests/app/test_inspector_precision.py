"""Every kind of constant has its tab in the inspector, with the numbers that hardware holds in the type."""

import numpy as np
import pytest

from app.presenters.inspector.precision import roles_of
from app.presenters.inspector.subject import Subject
from engine.boards import board
from engine.design import set_on_layers
from engine.flows.registry import flow
from engine.network import Layer, Network
from engine.network.kinds import LSTM, BatchNorm, Input, ParametricActivation, SeparableConv1D
from engine.network.weights import norm_scale, norm_shift
from engine.opening import starting_design
from engine.precision import FixedType
from engine.ranges.histogram import measure
from tests.samples import with_random_weights

OPS = {
    "norm": (BatchNorm(), ("scale", "bias", "result")),
    "lstm": (LSTM(4, return_sequences=True), ("weight", "recurrent_weight", "bias", "accum", "result")),
    "halves": (SeparableConv1D(filters=4), ("depthwise", "pointwise", "bias", "result")),
    "prelu": (ParametricActivation("prelu"), ("param", "result")),
    "leaky": (ParametricActivation("leaky_relu"), ("param", "result")),
}


def subject(op, store):
    network = with_random_weights(Network((Layer("x", Input((6, 4))), Layer("layer", op, ("x",)))), store)
    design = starting_design("one layer", network, board("pynq-z2"))
    built = flow(design.target.flow)
    return Subject(design, None, ("layer",), built, built.estimate(design, store), store)


@pytest.mark.parametrize(("op", "roles"), OPS.values(), ids=OPS)
def test_every_constant_has_its_tab_and_its_numbers(op, roles, store):
    found = {role.role: role for role in roles_of(subject(op, store))}
    assert tuple(found) == roles
    constants = set(roles) - {"accum", "result"}
    missing = {role for role in constants if found[role].histogram is None}
    assert missing == ({"param"} if op.KIND == "parametric_activation" and op.function == "leaky_relu" else set())


def test_a_norm_shows_what_hardware_multiplies_with_and_adds(store):
    of = subject(BatchNorm(), store)
    layer = of.design.network["layer"]
    scale, bias, _ = roles_of(of)
    assert scale.histogram == measure(np.ravel(norm_scale(layer, store)))
    assert bias.histogram == measure(np.ravel(norm_shift(layer, store)))
    type_ = FixedType(9, 2)
    of = Subject(set_on_layers(of.design, ("layer",), "scale", type_), None, ("layer",), of.flow, of.estimate, store)
    assert roles_of(of)[0].value == type_
