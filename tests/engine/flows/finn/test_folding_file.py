"""FINN's folding JSON, in and out."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.boards import board
from engine.design import PE, SIMD, set_on_layers
from engine.flows.finn.folding_file import FoldingFileError, apply_folding, folding_json
from engine.flows.registry import flow
from engine.network.kinds import Activation, Dense
from engine.scoreboard.finn_designs import cnv_w1a1, kws_w3a3
from tests.engine.flows.finn.test_flow import chain, for_finn
from tests.samples import SHARED, small_resnet

FILE = SHARED / "models/mlperf_tiny/cnv_w1a1_folding.json"
FINN = flow("finn")


def bare(design):
    """Without its folding."""
    names = tuple(layer.name for layer in design.network.layers)
    return set_on_layers(set_on_layers(design, names, PE, None), names, SIMD, None)


@pytest.mark.parametrize("design", [cnv_w1a1(board("pynq-z2")), kws_w3a3(board("pynq-z2")), for_finn(small_resnet())])
def test_what_is_written_is_read_again(design):
    found = apply_folding(bare(design), folding_json(design))
    assert found.notes == ()
    assert FINN.estimate(found.design, None) == FINN.estimate(design, None)


def test_nodes_are_named_as_finn_names_them():
    written = json.loads(folding_json(cnv_w1a1(board("pynq-z2"))))
    assert written["Defaults"] == {}
    assert written["MVAU_hls_1"] == {
        "PE": 32,
        "SIMD": 32,
        "mem_mode": "internal_decoupled",
        "ram_style": "auto",
        "resType": "lut",
    }
    assert written["ConvolutionInputGenerator_rtl_5"] == {"SIMD": 32, "ram_style": "distributed"}
    assert written["LabelSelect_hls_0"] == {"PE": 5}


@pytest.mark.skipif(not FILE.exists(), reason="the published folding is not at hand")
def test_the_published_folding_of_cnv_w1a1():
    design = bare(cnv_w1a1(board("pynq-z2")))
    found = apply_folding(design, FILE.read_text(encoding="utf-8"))
    # The submission quantises its input within the design; the studio's template takes it as it comes.
    assert found.notes == ("Thresholding_Batch_0: the design has no such unit.",)
    assert FINN.estimate(found.design, None).total.interval.value == 32_768


def test_what_does_not_fit_is_said_and_the_rest_is_set():
    text = json.dumps(
        {
            "Defaults": {"PE": [1, ["all"]]},
            "MVAU_hls_0": {"PE": 7, "SIMD": 4, "mem_mode": "const", "ram_style": "paper", "inFIFODepths": [2]},
            "MVAU_hls_9": {"PE": 1},
            "Nonsense": {},
        }
    )
    design = chain(Dense(units=16), Activation(), shape=(8,))
    found = apply_folding(design, text)
    assert dict(found.design.of_layer("l1").items) == {"mem_mode": "embedded", "simd": 4}
    assert [note.split(":")[0] for note in found.notes] == [
        "Defaults are not applied",
        "MVAU_hls_0",
        "MVAU_hls_0",
        "MVAU_hls_9",
        "Nonsense",
    ]


@pytest.mark.parametrize("text", ["", "[]", '{"MVAU_0": 3}', "{" * 2000, '{"x": NaN'])
def test_what_is_no_folding_is_refused(text):
    with pytest.raises(FoldingFileError):
        apply_folding(chain(Dense(units=16), Activation(), shape=(8,)), text)


@settings(deadline=None, max_examples=50)
@given(
    st.dictionaries(
        st.sampled_from(["MVAU_hls_0", "Thresholding_rtl_0", "MVAU_0", "Defaults"]),
        st.dictionaries(
            st.sampled_from(["PE", "SIMD", "ram_style", "mem_mode", "resType"]),
            st.one_of(st.integers(), st.text(max_size=8), st.none(), st.floats(), st.booleans()),
        ),
    )
)
def test_no_file_makes_a_design_that_cannot_be_estimated(entries):
    found = apply_folding(chain(Dense(units=16), Activation(), shape=(8,)), json.dumps(entries))
    assert FINN.estimate(found.design, None).refusal == ""
