"""The scoreboard in rows of words."""

from engine.advice.words import time_text
from engine.boards import board
from engine.estimate import energy_text
from engine.scoreboard.scores import Score

TITLES = (
    "Design",
    "Board",
    "Latency simulated",
    "measured",
    "off by",
    "Energy simulated",
    "measured",
    "power off by",
    "LUT",
    "DSP",
    "BRAM",
)
HELPS = (
    "Submitted to MLPerf Tiny v0.7; opens untrained, with its exact settings.",
    "",
    "Cycles of a simulated run at the board's clock, without host and transfers.",
    "Single-stream time, host and transfers included.",
    "Simulated beside measured.",
    "Simulated latency × what the board draws.",
    "Of EEMBC's power run.",
    "Measured time × the board's constant, beside the measured energy: a consistency check of the constant.",
    "Estimate of logic synthesis, as all of them.",
    "Estimate of logic synthesis",
    "Estimate of logic synthesis, in RAMB18",
)


def score_row(score: Score) -> tuple[str, ...]:
    """One design on one board."""
    measured, total = score.measured, score.estimate.total
    checked = score.energy_deviation
    return (
        f"{measured.title} · {measured.flow}",
        board(measured.board).name,
        time_text(score.latency_us),
        time_text(measured.latency_us),
        _percent(score.deviation),
        "–" if score.energy_uj is None else energy_text(score.energy_uj),
        energy_text(measured.energy_uj),
        "–" if checked is None else _percent(checked),
        f"{total.lut.value:,.0f}",
        f"{total.dsp.value:,.0f}",
        f"{total.bram18.value:,.0f}",
    )


def _percent(share: float) -> str:
    text = f"{share:+.0%}".replace("%", " %").replace("-", "−")
    return "±0 %" if text[1:] == "0 %" else text
