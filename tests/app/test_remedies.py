"""A failed synthesis offers the edit that its tool's words call for."""

from engine.flows.hls4ml import failures
from engine.flows.registry import flow
from tests.samples import jet_tagger


def test_what_a_tool_said_becomes_an_edit(tmp_path):
    fix = failures.Fix("io_type", "io_stream", "", "Use io_stream")
    failures.save(failures.Explanation("partition", "Too wide.", "Stream it.", (fix,), "ERROR: partition"), tmp_path)
    (remedy,) = flow("vitis").remedies(tmp_path)
    assert remedy.label == "Use io_stream"
    assert remedy.edit(jet_tagger()).target.io_type == "io_stream"


def test_a_folder_without_an_explanation_offers_nothing(tmp_path):
    assert flow("vitis").remedies(tmp_path) == ()
