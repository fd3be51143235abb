"""What the job says of its place-and-route step."""

from dataclasses import replace

import pytest

from engine.flows.hls4ml.exact.lower import Lowering
from engine.flows.rtl.build import build
from engine.flows.rtl.job import placing
from engine.flows.rtl.place import DoesNotFitError
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


def test_a_board_of_ones_own_is_timed_without_its_pins(placed):
    seen = []

    def refuse(_folder, _board, *, clock_mhz, pins):
        seen.append((clock_mhz, pins))
        raise DoesNotFitError("", ())

    def own_board(design):
        return replace(design, target=replace(design.target, board=replace(design.target.board, id="mine")))

    with pytest.raises(DoesNotFitError):
        placed(refuse, own_board)
    assert seen == [(25.0, None)]
