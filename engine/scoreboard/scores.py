"""Each submitted design on each board: estimated and simulated, beside what was measured."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.boards import Board, board
from engine.dataflow import simulate
from engine.design import Design
from engine.estimate import Estimate, Level, energy, exactly
from engine.flows.registry import flow
from engine.scoreboard.finn_designs import CNV, KWS, cnv_w1a1, kws_w3a3
from engine.scoreboard.hls4ml_designs import AD08, RN07, ad08, rn07
from engine.scoreboard.measured import Measured, measurements

TEMPLATES: dict[str, Callable[[Board], Design]] = {AD08: ad08, RN07: rn07, KWS: kws_w3a3, CNV: cnv_w1a1}


@dataclass(frozen=True, slots=True)
class Score:
    """A design, untrained, with its estimate and simulated run beside a measurement."""

    measured: Measured
    design: Design
    estimate: Estimate
    latency_us: float
    """Of a simulated run: without host and transfers."""
    energy_uj: float | None
    """Simulated latency × what the board draws."""
    checked_uj: float | None
    """Measured latency × the same constant: a consistency check of the constant, no prediction."""

    @property
    def deviation(self) -> float:
        """Simulated latency beside the measured one, as a fraction."""
        return self.latency_us / self.measured.latency_us - 1

    @property
    def energy_deviation(self) -> float | None:
        """The consistency check beside the measured energy."""
        return None if self.checked_uj is None else self.checked_uj / self.measured.energy_uj - 1


def scores() -> tuple[Score, ...]:
    """All eight."""
    return tuple(map(score, measurements()))


def score(measured: Measured) -> Score:
    """One of them."""
    design = template(measured.design, measured.board)
    its_flow = flow(design.target.flow).at(Level.LOGIC_SYNTHESIS)
    run = simulate(its_flow.streams(design))
    latency = (run.latency or 0) * design.target.clock_ns / 1000
    return Score(
        measured,
        design,
        its_flow.estimate(design, None),
        latency,
        _energy(latency, design.target.board),
        _energy(measured.power_latency_us, design.target.board),
    )


def template(design: str, board_id: str) -> Design:
    """A submitted design for a board, untrained."""
    return TEMPLATES[design](board(board_id))


def _energy(latency_us: float, target: Board) -> float | None:
    found = energy(exactly(latency_us), target).microjoules
    return None if found is None else found.value
