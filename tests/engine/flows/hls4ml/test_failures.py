"""The texts of failed runs: recognised, explained, and mended by an edit where one helps."""

import string

import pytest

from engine.flows.hls4ml.failure_table import FAILURES, REMARKS
from engine.flows.hls4ml.failures import applied, explain, first_error, is_error, load, remarks, save
from engine.flows.hls4ml.reports import LayerIndex
from engine.network.errors import LayerNameError
from tests.samples import jet_tagger

LAYERS = LayerIndex({2: "fc1", 4: "fc2"})
UNROLL = (
    "ERROR: [XFORM 203-504] Stop unrolling loop 'Product1' (firmware/nnet_utils/nnet_dense_latency.h:37) in function "
    "'nnet::dense_latency<ap_fixed<16, 6, (ap_q_mode)5, (ap_o_mode)3, 0>, ap_fixed<16, 6, (ap_q_mode)5, (ap_o_mode)3, "
    "0>, config4>' because it may cause large runtime and excessive memory usage due to increase in code size. "
)
TEXTS = {
    "unroll_limit": [UNROLL],
    "partition_limit": [
        "ERROR: [XFORM 203-103] Array 'mult.V' (firmware/nnet_utils/nnet_dense_latency.h:17): partitioned elements "
        "number (4000) has exeeded the threshold (1024), which may cause long run-time."
    ],
    "wide_port": [
        "ERROR: [HLS 214-256] Unsupported aggregate pragma/directive on variable 'x' as the bitwidth after aggregation "
        "(8192) is larger than 4096"
    ],
    "memory": [
        '/opt/Xilinx/Vivado/2020.1/bin/rdiArgs.sh: line 164:   494 Killed                  "$RDI_PROG" "$@"',
        "Killed",
        "clang: error: unable to execute command: Killed",
        "terminate called after throwing an instance of 'std::bad_alloc'",
    ],
    "disk": ["ERROR: [HLS 200-70] write failed: No space left on device"],
    "licence": [
        "ERROR: [Common 17-345] A valid license was not found for feature 'Synthesis' and/or device 'xcku115'.",
        "ERROR: License checkout failed for HLS.",
    ],
    "part_missing": [
        "ERROR: [HLS 200-1023] Part 'xczu7ev-2ffvc1156' is not installed.",
        "ERROR: [Coretcl 2-106] Specified part could not be found.",
    ],
    "no_vivado": ['couldn\'t execute "vivado": no such file or directory', "sh: 1: vivado_hls: not found"],
    "no_intel": ["make: i++: command not found"],
    "multilib": [
        "/usr/include/features.h:424:12: fatal error: 'gnu/stubs-32.h' file not found",
        "/usr/bin/ld: cannot find crt1.o: No such file or directory",
        "/usr/include/stdio.h:27:10: fatal error: bits/libc-header-start.h: No such file or directory",
    ],
    "library": [
        "vitis_hls: error while loading shared libraries: libtinfo.so.5: cannot open shared object file: No such file"
    ],
    "locale": ["what():  locale::facet::_S_create_c_locale name not valid"],
    "year_2022": [
        "bad lexical cast: source type value could not be interpreted as target",
        "ERROR: '2201251806' is an invalid argument. Please specify an integer value.",
    ],
    "over_used": [
        "ERROR: [DRC UTLZ-1] Resource utilization: Slice LUTs over-utilized in Top Level Design (This design requires "
        "more Slice LUTs cells than are available)"
    ],
    "too_large": ["Error: use --dont-error-if-large-area-est to go on"],
    "long_path": ["ERROR: [Common 17-680] Path length exceeds 260-Byte maximum allowed by Windows"],
    "permission": ["ERROR: could not open 'solution1.log': Permission denied"],
    "dataflow": ["ERROR: [HLS 200-779] Non-shared array 'a' failed dataflow checking: it has two readers"],
    "crash": ["Abnormal program termination (11)", "Please check '/tmp/hs_err_pid77.log' for details"],
    "generated_code": [
        "ERROR: [HLS 207-3801] use of undeclared identifier 'nnet'",
        "firmware/toy.h:3:10: fatal error: ap_fixed.h: No such file or directory",
    ],
    "front_end": [
        "ERROR: [HLS 200-1715] Encountered problem during source synthesis",
        "ERROR: [HLS 200-70] Pre-synthesis failed.",
    ],
    "timing": [
        "WARNING: [HLS 200-871] Estimated clock period (6.200 ns) exceeds the target (target clock period: 5.000 ns, "
        "clock uncertainty: 0.625 ns, effective delay budget: 4.375 ns).",
        "WARNING: [SCHED 204-21] Estimated clock period (5.7ns) exceeds the target (target clock period: 5ns, clock "
        "uncertainty: 0.625ns, effective delay budget: 4.375ns).",
    ],
    "interval": [
        "WARNING: [HLS 200-880] The II Violation in module 'dense_resource_ap_fixed_config2_s' (loop 'L'): Unable"
    ],
    "empty_stream": ["WARNING: Hls::stream 'layer2_out' is read while empty, which may hang."],
}
KNOWN = [(known, line) for table in (FAILURES, REMARKS) for known in table for line in TEXTS[known.id]]
NOISE = ["INFO: [HLS 200-10] Analyzing design file 'firmware/toy.cpp' ... ", "INFO: [HLS 200-10] Killed time", ""]


@pytest.mark.parametrize(
    ("known", "line"), KNOWN, ids=[f"{known.id}-{index}" for index, (known, _) in enumerate(KNOWN)]
)
def test_every_text_is_recognised_and_put_into_words(known, line):
    if known in FAILURES:
        found = explain([*NOISE, line, *NOISE], LAYERS)
    else:
        (found,) = remarks([*NOISE, line, line], LAYERS)
    assert found.id == known.id
    assert found.line == line.strip()
    for sentence in (found.what, found.remedy):
        assert sentence.endswith(".")
        assert sentence[0] in string.ascii_uppercase
        assert "{" not in sentence


def test_ids_are_unique_and_all_have_a_sample():
    ids = [known.id for known in (*FAILURES, *REMARKS)]
    assert sorted(ids) == sorted(set(ids)) == sorted(TEXTS)


def test_the_cause_wins_over_what_follows_from_it():
    found = explain(["ERROR: [HLS 200-70] Pre-synthesis failed.", UNROLL], LAYERS)
    assert found.id == "unroll_limit"
    assert str(found).startswith("The tool refused to unroll the loop Product1: the layer 'fc2' asks for more products")


def test_the_fixes_of_the_unroll_limit_are_edits_of_the_design():
    design = jet_tagger()
    found = explain([UNROLL], LAYERS)
    strategy, stream = found.fixes
    assert strategy.label == "Set the strategy to Resource"
    assert applied(strategy, design).of_layer("fc2").get("strategy") == "resource"
    assert applied(stream, design).target.io_type == "io_stream"
    assert applied(stream, design).layers == design.layers


def test_without_knowing_the_layer_only_the_design_is_edited():
    found = explain([UNROLL])
    assert "one of the layers" in found.what
    assert [fix.key for fix in found.fixes] == ["io_type"]


def test_an_edit_of_a_layer_that_has_gone_is_refused():
    (fix, _) = explain([UNROLL], LayerIndex({4: "gone"})).fixes
    with pytest.raises(LayerNameError):
        applied(fix, jet_tagger())


@pytest.mark.parametrize(("line", "clock"), list(zip(TEXTS["timing"], (7.1, 6.6), strict=True)))
def test_a_missed_clock_comes_with_one_that_will_do(line, clock):
    (found,) = remarks([line])
    (fix,) = found.fixes
    assert (fix.key, fix.value, fix.label) == ("clock_ns", clock, f"Set the clock to {clock:g} ns")
    assert applied(fix, jet_tagger()).target.clock_ns == clock


def test_what_hls4ml_tries_and_catches_is_no_error():
    tried = "ERROR: [HLS 200-101] config_array_partition: Unknown option '-maximum_size'."
    assert explain([tried]) is None
    assert first_error([tried, "INFO: fine", "ERROR: [X 1-2] a real one"]) == "ERROR: [X 1-2] a real one"
    assert not is_error("INFO: [SIM 211-1] CSim done with 0 errors.")
    assert first_error(["all is well"]) == ""


def test_a_log_without_anything_known_has_no_explanation():
    assert explain(NOISE) is None
    assert remarks(NOISE) == ()


def test_an_explanation_waits_in_the_jobs_folder(tmp_path):
    assert load(tmp_path) is None
    found = explain([UNROLL], LAYERS)
    save(found, tmp_path)
    assert load(tmp_path) == found
    (tmp_path / "failure.json").write_text('{"id": 3}')
    assert load(tmp_path) is None
