"""The convert job, and what it makes of hls4ml's remarks."""

import json

import pytest

from engine.design import PARALLELIZATION_FACTOR, REUSE_FACTOR, STRATEGY, set_default, set_on_layers
from engine.flows.hls4ml.convert import convert
from engine.flows.hls4ml.overheard import Remark, remark
from engine.jobs.errors import JobError
from engine.jobs.state import JobState
from engine.project.codec import design_to_json
from tests.engine.flows.hls4ml.running import events_of, reporting, run_job
from tests.samples import jet_tagger, small_resnet

pytestmark = pytest.mark.hls4ml


def converted(design, store, folder, **more):
    with reporting(folder) as reporter:
        return convert(reporter, design=design_to_json(design), tensors=str(store.folder), **more)


def test_a_worker_writes_the_project(store, tmp_path):
    design = jet_tagger(store)
    (tmp_path / "design.json").write_text(json.dumps(design_to_json(design)))
    out = tmp_path / "out"
    view = run_job(
        tmp_path / "jobs",
        "engine.flows.hls4ml.convert:convert",
        design=str(tmp_path / "design.json"),
        tensors=str(store.folder),
        out=str(out),
    )
    assert view.state is JobState.DONE, view.reason
    result = view.result
    assert result["summary"].startswith("hls4ml 1.3.0 wrote 9 layers in ")
    assert (result["folder"], result["project"], result["flow"]) == (str(out), "jet_tagger", "vitis")
    assert "firmware/jet_tagger.cpp" in result["files"]
    assert all((out / name).is_file() for name in result["files"])
    assert [entry["sources"] for entry in result["built"]] == [[name] for name in design.network.order]
    assert result["warnings"] == []


def test_the_project_goes_into_the_jobs_folder_by_default(store, tmp_path):
    result = converted(jet_tagger(store), store, tmp_path / "job")
    assert result["folder"] == str(tmp_path / "job/project")
    assert [event["text"] for event in events_of(tmp_path / "job")] == ["Converting", "Writing the project"]


@pytest.mark.parametrize(("asked", "word"), [("dsp", "dsp"), ("lut", "fabric")])
def test_the_tool_is_told_what_to_build_multipliers_of(store, tmp_path, asked, word):
    converted(set_default(jet_tagger(store), "multipliers", asked), store, tmp_path / "job")
    lines = (tmp_path / "job/project/build_prj.tcl").read_text().splitlines()
    assert lines[lines.index(f"config_op mul -impl {word}") + 1].startswith("create_clock ")


def test_multipliers_of_what_no_tool_has_are_refused(store, tmp_path):
    with pytest.raises(JobError, match="Multipliers cannot be built of 'gold'"):
        converted(set_default(jet_tagger(store), "multipliers", "gold"), store, tmp_path)


def test_replaced_settings_are_told_in_plain_words(store, tmp_path, capfd):
    design = set_default(small_resnet(store), STRATEGY, "resource")
    design = set_on_layers(design, ("classifier",), REUSE_FACTOR, 7)
    design = set_on_layers(design, ("stem",), PARALLELIZATION_FACTOR, 3)
    result = converted(design, store, tmp_path)
    said = {(warning["layer"], warning["text"]) for warning in result["warnings"]}
    assert ("classifier", "The reuse factor 7 is not possible here; hls4ml builds 8.") in said
    assert ("stem", "The parallelisation factor 3 is not possible here; hls4ml builds 2.") in said
    assert "Invalid ReuseFactor=7" in capfd.readouterr().err  # the log has hls4ml's own words


def test_remarks_name_the_users_layer():
    line = 'WARNING: Invalid ReuseFactor=5 in layer "a_b".Using ReuseFactor=4 instead. Valid ReuseFactor(s): 1,2,4.'
    assert remark(line, {"a_b": "a/b"}) == Remark("a/b", "The reuse factor 5 is not possible here; hls4ml builds 4.")
    unrolled = 'Unrolled resource strategy cannot be combined with io_parallel in layer "c". Using "resource" instead.'
    assert remark(unrolled, {}) == Remark(
        "c", "Unrolled resource strategy cannot be combined with io_parallel; hls4ml builds Resource."
    )
    assert remark("WARNING: something new", {}) == Remark("", "something new")


def test_unsupported_designs_fail_with_all_reasons(store, tmp_path):
    with pytest.raises(JobError, match=r"'fc1': It has no values for its kernel and bias\..*\n'fc2'"):
        converted(jet_tagger(), store, tmp_path)


def test_a_folder_of_somebody_elses_is_not_written_to(store, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("x")
    with pytest.raises(JobError, match="is not empty and holds no hls4ml project"):
        converted(jet_tagger(store), store, tmp_path, out=str(tmp_path / "mine"))
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_a_folder_that_cannot_be_made_is_named(store, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(JobError, match=r"file/out cannot be made: Not a directory\. Choose another one"):
        converted(jet_tagger(store), store, tmp_path, out=str(tmp_path / "file/out"))


def test_an_earlier_project_is_written_over(store, tmp_path):
    first = converted(jet_tagger(store), store, tmp_path)
    assert converted(jet_tagger(store), store, tmp_path)["files"] == first["files"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"design": {}}, "'network' is missing"),
        ({"design": "/nowhere/design.json"}, "could not be read"),
        ({"tensors": "/nowhere"}, "/nowhere, does not exist"),
    ],
)
def test_bad_arguments_are_said_in_words(arguments, words, store, tmp_path):
    given = {"design": design_to_json(jet_tagger(store)), "tensors": str(store.folder)} | arguments
    with reporting(tmp_path) as reporter, pytest.raises(JobError, match=words):
        convert(reporter, **given)


def test_weights_that_are_gone_are_said_in_words(store, tmp_path):
    design = jet_tagger(store)
    store.sweep(set())
    with pytest.raises(JobError, match="are not at hand"):
        converted(design, store, tmp_path)
