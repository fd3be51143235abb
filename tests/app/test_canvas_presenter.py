"""What the canvas is told about edges and blocks of a design."""

from dataclasses import replace

import pytest

from app.folders import EXAMPLES
from app.presenters.canvas import NONE, CanvasPresenter
from engine.advice import Finding, Severity
from engine.flows.registry import flow
from engine.network import TensorStore
from engine.opening.opening import open_file


@pytest.fixture(scope="module")
def design(tmp_path_factory):
    tensors = TensorStore(tmp_path_factory.mktemp("tensors"))
    return open_file(EXAMPLES / "digits_resnet.codesign", tensors).design


def shown(design, overlay="DSP"):
    used = flow(design.target.flow)
    return CanvasPresenter().model(design, used.estimate(design, None), used, overlay)


def labels(model):
    return {edge.key: edge.label for edge in model.edges if edge.label}


def test_a_skip_names_the_fifo_in_which_a_stream_waits(design):
    assert labels(shown(design)) == {("stem_relu", "block1_add", 1): "skip, FIFO 64 deep"}


def test_without_streams_there_is_no_fifo_to_name(design):
    parallel = replace(design, target=replace(design.target, io_type="io_parallel"))
    assert labels(shown(parallel)) == {("stem_relu", "block1_add", 1): "skip"}


def test_another_interface_renames_the_skips_of_the_same_network(design):
    used, presenter = flow(design.target.flow), CanvasPresenter()
    estimate = used.estimate(design, None)
    presenter.model(design, estimate, used, "DSP")
    parallel = replace(design, target=replace(design.target, io_type="io_parallel"))
    assert labels(presenter.model(parallel, estimate, used, "DSP"))["stem_relu", "block1_add", 1] == "skip"


def test_a_block_says_its_shape_its_amount_and_whether_it_sets_the_rate(design):
    facts = [block.subtitle.split(" · ") for block in shown(design).blocks]
    assert [each[0] for each in facts] == ["8×8×16", "4×4×32"]
    assert all(each[1].endswith(" DSP") for each in facts)
    assert [each[2:] for each in facts] == [[], ["sets the rate"]]


def test_without_an_overlay_a_block_has_no_amount(design):
    assert [block.subtitle for block in shown(design, NONE).blocks] == ["8×8×16", "4×4×32 · sets the rate"]


def test_findings_of_one_severity_share_a_mark_that_tells_them_all(design):
    used, over = flow(design.target.flow), ("stem",)
    findings = tuple(Finding(Severity.OVER, title, "Less is needed.", over) for title in ("DSP", "Rate"))
    model = CanvasPresenter().model(design, used.estimate(design, None), used, "DSP", findings)
    (mark,) = next(node.badges for node in model.nodes if node.id == "stem")
    assert (mark.kind, mark.tooltip) == ("over", "DSP. Less is needed.\nRate. Less is needed.")
