"""One network on one board through several flows: what each makes of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from engine.calibration import NO_RUNS, OwnRuns
from engine.design import Design
from engine.emulate.score import SCORE_WORDS
from engine.estimate import RESOURCES, Estimate, Level, energy
from engine.flows.flow import Flow
from engine.flows.registry import flow
from engine.network import MissingTensorError, TensorStore
from engine.search.proposal import NothingToFoldError, fit_to_board, meet_rate

USUAL = ("vitis", "rtl", "finn")
"""Flows compared unless others are named."""


class Folded(StrEnum):
    """How each flow's layers share their hardware."""

    AS_SET = "as set"
    FITTED = "fit"
    AT_RATE = "rate"


@dataclass(frozen=True, slots=True)
class Column:
    """One flow's estimate of logic synthesis: pieces by RESOURCES, `latency_us`, `rate`, and `energy_uj` where the
    board's power is known. Without amounts, `refusal` says why.
    """

    flow: str
    label: str
    amounts: tuple[tuple[str, float], ...] = ()
    accuracy: str = ""
    """What its bits are worth, in words; '' where that is not known."""
    refusal: str = ""

    def amount(self, name: str) -> float | None:
        """One of the amounts."""
        return dict(self.amounts).get(name)


def compare(
    design: Design,
    tensors: TensorStore,
    flows: Sequence[str],
    folded: Folded = Folded.AS_SET,
    rate: float = 0.0,
    own: OwnRuns = NO_RUNS,
) -> tuple[Column, ...]:
    """A column for each flow. All foretell logic synthesis, so that their numbers mean the same."""
    return tuple(_column(design, tensors, flow(each).at(Level.LOGIC_SYNTHESIS, own), folded, rate) for each in flows)


def _column(design: Design, tensors: TensorStore, its_flow: Flow, folded: Folded, rate: float) -> Column:
    moved = replace(design, target=replace(design.target, flow=its_flow.id))
    try:
        if folded is Folded.FITTED:
            moved = fit_to_board(moved, its_flow, tensors).design
        elif folded is Folded.AT_RATE:
            moved = meet_rate(moved, its_flow, tensors, rate).design
    except NothingToFoldError as error:
        return Column(its_flow.id, its_flow.label, refusal=str(error))
    estimate = its_flow.estimate(moved, tensors)
    if estimate.refusal:
        return Column(its_flow.id, its_flow.label, refusal=estimate.refusal)
    return Column(its_flow.id, its_flow.label, tuple(_amounts(estimate)), _accuracy(moved, tensors, its_flow))


def _amounts(estimate: Estimate) -> Iterator[tuple[str, float]]:
    yield from ((name, estimate.total.resource(name).value) for name in RESOURCES)
    yield "latency_us", estimate.latency_us.value
    yield "rate", estimate.rate.value
    spent = energy(estimate.latency_us, estimate.target.board).microjoules
    if spent is not None:
        yield "energy_uj", spent.value


def _accuracy(design: Design, tensors: TensorStore, its_flow: Flow) -> str:
    try:
        found = its_flow.comparer(tensors).compare(design)
    except (ValueError, OSError, MissingTensorError):
        return ""
    return _in_words(found)


def _in_words(found: dict[str, Any]) -> str:
    """`98.7 %`; a score with its name, or how often the float network's winner is found, where there are no labels."""
    if found["accuracy"]:
        return f"{found['accuracy']['hardware']:.1%}".replace("%", " %")
    if found.get("score"):
        return f"{SCORE_WORDS[found['score']['kind']]} {found['score']['hardware']:.3g}"
    agreement = found["outputs"][0].get("agreement")
    return "" if agreement is None else f"same winner in {agreement:.0%}".replace("%", " %")
