"""Functions, softmax and merges of any shape and type in Verilog against the golden model."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engine.flows.hls4ml.exact.errors import NoExactModelError
from engine.flows.rtl.errors import NotGeneratedError
from engine.network import TensorStore
from engine.network.kinds import Activation, BatchNorm, ParametricActivation, Softmax
from tests.engine.flows.rtl.running import assert_exact, assert_lint_clean, built
from tests.engine.flows.rtl.test_functions import branches

PARTS = ("AP_TRN", "AP_TRN_ZERO", "AP_RND", "AP_RND_ZERO", "AP_RND_INF", "AP_RND_MIN_INF", "AP_RND_CONV")
RANGES = ("AP_WRAP", "AP_SAT", "AP_SAT_ZERO", "AP_SAT_SYM")
TABLES = ("sigmoid", "tanh", "softplus", "softsign", "selu")
COMPUTED = ("linear", "relu", "relu6", "hard_sigmoid", "hard_tanh", "binary_tanh", "ternary_tanh")
SHAPES = st.sampled_from([(1,), (4,), (5,), (6,), (3, 2), (2, 4)])


@st.composite
def types(draw, widths=(2, 14)):
    """A fixed-point type, as it is written."""
    width = draw(st.integers(*widths))
    name = draw(st.sampled_from(["ap_fixed", "ap_ufixed"]))
    parts, range_ = draw(st.sampled_from(PARTS)), draw(st.sampled_from(RANGES))
    return f"{name}<{width},{draw(st.integers(-1, width + 1))},{parts},{range_}>"


@st.composite
def functions(draw):
    """One function, as a case of `branches`."""
    kind = draw(st.sampled_from(["computed", "table", "parametric", "norm", "softmax"]))
    further, alpha = {}, draw(st.sampled_from([0.1, 0.5, 1.3]))
    match kind:
        case "computed":
            op = Activation(draw(st.sampled_from(COMPUTED)))
        case "table":
            op, further = Activation(draw(st.sampled_from(TABLES))), {"table_size": draw(st.sampled_from([32, 50, 64]))}
        case "parametric":
            name = draw(st.sampled_from(["leaky_relu", "thresholded_relu", "elu", "prelu"]))
            op, further = ParametricActivation(name, alpha=alpha), {"table_size": 64} if name == "elu" else {}
        case "norm":
            op, further = BatchNorm(), {"scale": draw(types()), "bias": draw(types())}
        case _:
            implementation = draw(st.sampled_from(["stable", "latency", "argmax", "legacy"]))
            op, further = Softmax(), {"table_size": 32, "implementation": implementation}
    return op, draw(SHAPES), draw(types(widths=(6, 12))), draw(types()), further


def is_built(case, store):
    """Whether hls4ml and the open flow know such a case; tables of some sizes they do not."""
    try:
        built(branches(store, [case], 1), store)
    except (NoExactModelError, NotGeneratedError):
        return False
    return True


@pytest.mark.compiler
@pytest.mark.proof
@settings(
    max_examples=6, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck), derandomize=True
)
@given(st.lists(functions(), min_size=14, max_size=14), st.sampled_from([1, 2, 3, 6]))
def test_functions_of_any_type_are_bit_exact(cases, reuse_factor):
    with tempfile.TemporaryDirectory() as folder:
        store = TensorStore(Path(folder) / "tensors")
        kept = [case for case in cases if is_built(case, store)]
        specification, hardware = built(branches(store, kept, reuse_factor), store)
        assert_lint_clean(hardware, Path(folder))
        assert_exact(specification, hardware, Path(folder), frames=50)
