"""What the job says of its place-and-route step."""

from dataclasses import replace

import pytest

from engine.estimate import Tier
from engine.flows.hls4ml.exact.lower import Lowering
from engine.flows.hls4ml.reports.report import Report
from engine.flows.rtl.build import build
from engine.flows.rtl.job import placing
from engine.flows.rtl.place import DoesNotFitError, Use
from engine.flows.rtl.synthesis import Cells, Technology
from engine.flows.rtl.timeline import timeline
from tests.engine.flows.rtl.place.test_board import small_network


@pytest.fixture
def placed(store, tmp_path, monkeypatch):
    """Runs the step with tools that answer at once."""
    monkeypatch.setattr(placing, "prepare", lambda *_: None)
    cells = Cells(Technology.ICE40, (), "", 0.0, 0)
    monkeypatch.setattr(placing, "synthesise", lambda *_arguments, **_options: cells)

    def run(place, change=lambda design: design):
        design = change(small_network(store, "icebreaker"))
        monkeypatch.setattr(placing, "place", place)
        hardware = build(Lowering(store).lower(design), "network")
        return placing.put_on_board(design, hardware, timeline(hardware), tmp_path / "board", lambda *_: None)

    return run


def test_a_design_that_does_not_fit_is_a_result(placed):
    def refuse(*_arguments, **_options):
        raise DoesNotFitError("It needs 9 ICESTORM_DSP of 8.", (Use("ICESTORM_DSP", 9, 8),))

    found = placed(refuse)
    assert found.summary == "It needs 9 ICESTORM_DSP of 8. A higher reuse factor takes fewer multipliers and tables."
    assert (found.report, found.bitstream) == (None, "")


def test_a_board_of_ones_own_is_timed_without_its_pins(placed):
    seen = []

    def refuse(_folder, _board, *, clock_mhz, pins):
        seen.append((clock_mhz, pins))
        raise DoesNotFitError("", ())

    def own_board(design):
        return replace(design, target=replace(design.target, board=replace(design.target.board, id="mine")))

    placed(refuse, own_board)
    assert seen == [(25.0, None)]


@pytest.mark.parametrize(
    ("lut", "dsp", "says"),
    [
        (5800, 8, ""),
        (5809, 8, "5,809 LUT4 of 5,280"),
        (10, 9, "9 DSP of 8"),
        (6000, 9, "6,000 LUT4 of 5,280, 9 DSP of 8"),
    ],
)
def test_what_cannot_fit_is_not_tried(store, lut, dsp, says):
    design = small_network(store, "icebreaker")
    found = placing.too_large(design, Report(Tier.LOGIC_SYNTHESIS, "Yosys", "0.70", "", (("LUT", lut), ("DSP", dsp))))
    assert found == (f"The design does not fit the iCEBreaker: its layers need {says}. {placing._HELP}" if says else "")
