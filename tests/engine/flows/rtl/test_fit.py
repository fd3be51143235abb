"""A design that does not fit its board says so before synthesis, after it, and in the tool's words: with the knob."""

from dataclasses import replace

import pytest

from engine.boards import Resource, board
from engine.design import REUSE_FACTOR, WEIGHT, set_on_layers
from engine.estimate import Tier
from engine.flows.hls4ml.reports.report import Module, Report
from engine.flows.registry import flow
from engine.flows.rtl.job import hardware as job
from engine.flows.rtl.job.misfit import Fit, kept
from engine.flows.rtl.job.placing import OnBoard
from engine.flows.rtl.place import DoesNotFitError, Use
from engine.flows.rtl.tools import OpenToolError, Trouble
from engine.jobs.errors import JobError
from engine.precision import FixedType
from engine.project import design_to_json
from tests.engine.flows.hls4ml.running import reporting
from tests.engine.flows.rtl.place.test_board import small_network

RTL = flow("rtl")


@pytest.fixture
def wide(store):
    """16-8-5 with eight products at once in its first layer, of a width that goes into multipliers: 8 + 5 of 8."""
    design = set_on_layers(small_network(store, "icebreaker"), ("fc1", "fc2"), WEIGHT, FixedType(12, 1))
    design = set_on_layers(design, ("fc1",), REUSE_FACTOR, 16)
    return set_on_layers(design, ("fc2",), REUSE_FACTOR, 8)


def counted(lut, dsp):
    """A report of two layers that take much and little."""
    modules = [
        Module(name, figures=(("LUT", lut * share), ("DSP", dsp * share)), layer=name)
        for name, share in (("fc1", 0.8), ("fc2", 0.2))
    ]
    return Report(Tier.LOGIC_SYNTHESIS, "Yosys", "0.70", "", (("LUT", lut), ("DSP", dsp)), modules=tuple(modules))


def test_it_is_refused_before_anything_is_built(wide, store, tmp_path):
    with reporting(tmp_path / "job") as reporter, pytest.raises(JobError) as raised:
        job.build_hardware(reporter, design=design_to_json(wide), tensors=str(store.folder))
    said = str(raised.value)
    assert said.startswith(
        "The design does not fit the iCEBreaker: it needs about 13 DSP of 8. Reuse factor 64 for fc1"
    )
    assert "The step 'Oversized designs'" in said
    assert not (tmp_path / "job" / "project").exists()


def test_the_knob_it_names_is_one_edit_and_enough(wide, store, tmp_path):
    with reporting(tmp_path / "job") as reporter, pytest.raises(JobError):
        job.build_hardware(reporter, design=design_to_json(wide), tensors=str(store.folder))
    (remedy,) = RTL.remedies(tmp_path / "job")
    mended = remedy.edit(wide)
    assert remedy.label == f"Set {RTL.resolve(mended, 'fc1', REUSE_FACTOR).value}"
    assert Fit(mended, RTL, store).before() is None


@pytest.mark.parametrize(
    ("lut", "dsp", "says"),
    [
        (5800, 8, ""),
        (5809, 8, "5,809 LUT4 of 5,280"),
        (10, 9, "9 DSP of 8"),
        (6000, 9, "6,000 LUT4 of 5,280 and 9 DSP of 8"),
    ],
)
def test_what_cannot_fit_is_not_placed(wide, store, tmp_path, monkeypatch, lut, dsp, says):
    monkeypatch.setattr(job, "put_on_board", lambda *_: OnBoard("placed", None, ""))
    with reporting(tmp_path) as reporter:
        fit, report = Fit(wide, RTL, store), counted(lut, dsp)
        placed, misfit = job._on_board(reporter, fit, None, None, report, place_and_route=True)
    assert misfit == kept(tmp_path)
    if not says:
        assert (placed, misfit) == (OnBoard("placed", None, ""), None)
        assert RTL.remedies(tmp_path) == ()
    else:
        assert placed is None
        assert misfit.reason.startswith(
            f"The design does not fit the iCEBreaker: its layers need {says}. Reuse factor "
        )


def test_the_tools_own_verdict_comes_with_the_knob(wide, store, tmp_path, monkeypatch):
    def refuse(*_arguments):
        raise DoesNotFitError("The design does not fit the iCEBreaker: no place was found for all of it.", ())

    monkeypatch.setattr(job, "put_on_board", refuse)
    with reporting(tmp_path) as reporter:
        fit, report = Fit(wide, RTL, store), counted(5000, 4)
        _, found = job._on_board(reporter, fit, None, None, report, place_and_route=True)
    assert found.reason.startswith("The design does not fit the iCEBreaker: no place was found for all of it. Reuse")
    assert found.layer == "fc1"


def test_the_knob_frees_what_the_tool_says_is_short(store, tmp_path, monkeypatch):
    nano = set_on_layers(small_network(store, "tang-nano-9k"), ("fc1", "fc2"), WEIGHT, FixedType(12, 1))
    nano = set_on_layers(nano, ("fc1",), REUSE_FACTOR, 8)
    over = (Use("LUT4", 10_398, 8640), Use("ALU", 6500, 6480))

    def refuse(*_arguments):
        raise DoesNotFitError("It needs 10,398 LUT4 of 8,640.", over)

    monkeypatch.setattr(job, "put_on_board", refuse)
    with reporting(tmp_path) as reporter:
        # By Yosys' count the multipliers are fuller than the tables, as adders are none of these.
        fit, report = Fit(nano, RTL, store), counted(5700, 18)
        _, found = job._on_board(reporter, fit, None, None, report, place_and_route=True)
    assert " LUT4 of the 1,758 that are missing" in found.reason


def test_a_placer_that_is_killed_says_what_to_do(wide, store, tmp_path, monkeypatch):
    def die(*_arguments):
        raise OpenToolError(Trouble.MEMORY, "nextpnr for iCE40 was killed by the system.")

    monkeypatch.setattr(job, "put_on_board", die)
    with reporting(tmp_path) as reporter, pytest.raises(OpenToolError) as raised:
        job._on_board(reporter, Fit(wide, RTL, store), None, None, counted(5000, 4), place_and_route=True)
    assert raised.value.trouble is Trouble.MEMORY
    assert str(raised.value).startswith(
        "nextpnr for iCE40 was killed by the system. Close other programs and build again. Its layers are kept"
    )


def test_where_no_reuse_factor_helps_narrower_types_do(store):
    folded = small_network(store, "icebreaker")
    found = Fit(folded, RTL, store).after({"LUT": 9000}, {"fc1": {"LUT": 8000}, "fc2": {"LUT": 1000}})
    assert found.reason.endswith(" No higher reuse factor frees LUT4; narrower types do.")
    assert found.layer == ""


def test_what_nobody_knows_the_board_has_of_is_not_what_is_missing(wide, store):
    known = tuple(each for each in wide.target.board.resources if each.unit.resource is not Resource.FF)
    unknown = replace(wide, target=replace(wide.target, board=replace(wide.target.board, resources=known)))
    assert unknown.target.board.count(Resource.FF) is None
    found = Fit(unknown, RTL, store).said("No room.", {"FF": 9000, "DSP": 13, "LUT": 100}, {"fc1": {"DSP": 8}})
    assert found.layer == "fc1"
    assert "frees 6 DSP" in found.reason


def test_a_board_with_room_says_nothing(wide, store):
    large = replace(wide, target=replace(wide.target, board=board("ulx3s-85f")))
    assert Fit(large, RTL, store).before() is None
