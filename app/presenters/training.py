"""A training as the window shows it: curves, figures, words."""

import json
from collections.abc import Iterable
from functools import lru_cache
from math import ceil
from typing import Any

from engine.emulate.score import AUC, ERROR
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from engine.scan.figure import Figure
from engine.training.checkpoint import Point
from engine.training.score import TITLES, Scores, interval, scores_from_json
from widgets.training import CurvesView, Line, ScoreRow

_PHASES = (("float", "float", "text.tertiary"), ("quantised", "hardware", "accent"))
"""Phase, its name in a legend that must fit a narrow plot, and its colour."""
_LAST = {"float": "the float network", "quantised": "the hardware's arithmetic"}
_OF = {AUC: "of AUC", ERROR: "of mean error"}
_ALIKE = "The hardware answers as the trained model does."
_HELP = {
    "float_network": "Before, without any rounding.",
    "rounded": "The weights from before, in the hardware's types.",
    "qkeras": "What training saw: the hardware's arithmetic in single precision.",
    "hardware": "The trained weights, evaluated bit for bit.",
}


def curves_view(points: Iterable[Point], live: tuple[tuple[str, float, float], ...], epochs: int) -> CurvesView:
    """Curves of a training; `live` are looks at the loss within epochs: phase, epochs done, loss.

    What training says is a mean over the epoch so far, and stands in the middle of that; validation is at its end.
    """
    points = tuple(points)
    loss: list[Line] = []
    accuracy: list[Line] = []
    for phase, name, token in _PHASES:
        own = [point for point in points if point.phase == phase]
        within = [(_middle(done), value) for of, done, value in live if of == phase]
        looks = sorted([*within, *((p.epoch + 0.5, p.loss) for p in own)])
        loss += _line(f"{name}, training", token, looks, dashed=True)
        loss += _line(name, token, [(p.epoch + 1.0, p.validation_loss) for p in own])
        accuracy += _line(f"{name}, training", token, [(p.epoch + 0.5, _percent(p.accuracy)) for p in own], dashed=True)
        accuracy += _line(name, token, [(p.epoch + 1.0, _percent(p.validation_accuracy)) for p in own])
    return CurvesView(tuple(loss), tuple(accuracy), epochs)


def _middle(done: float) -> float:
    """Of the part of the present epoch that is done."""
    return (ceil(done) - 1 + done) / 2


def _line(
    name: str, token: str, looks: list[tuple[float, float | None]] | Any, *, dashed: bool = False
) -> Iterable[Line]:
    known = [(epoch, value) for epoch, value in looks if value is not None]
    if known:
        yield Line(name, token, tuple(epoch for epoch, _ in known), tuple(value for _, value in known), dashed)


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def last_epoch(points: tuple[Point, ...]) -> str:
    """`epoch 12 with the float network`."""
    return f"epoch {points[-1].epoch + 1} with {_LAST[points[-1].phase]}"


def score_rows(view: JobView | None) -> tuple[ScoreRow, ...]:
    """The figures of a training that has ended; none of any other."""
    scores = scores_of(view)
    if scores is None:
        return ()
    known = [(name, title, getattr(scores, name)) for name, title in TITLES.items()]
    return tuple(
        ScoreRow(title, score.text, interval(score), _HELP[name], name == "hardware")
        for name, title, score in known
        if score is not None
    )


def scores_of(view: JobView | None) -> Scores | None:
    """What a training's result says; None where there is none."""
    if view is None or view.state is not JobState.DONE:
        return None
    return _read(view.result_json)


def measure(view: JobView | None) -> str:
    """What the figures count."""
    return (scores_of(view) or Scores()).measure


def tone(view: JobView) -> str:
    """How a training's outcome is to be taken."""
    result = view.result
    return "danger" if result["diverged"] else "warning" if result.get("guesses") else "ok"


def words(view: JobView) -> str:
    """What a training came to, in a few sentences."""
    result = view.result
    said = [result["summary"]] if result["diverged"] else [_compared(_read(view.result_json))]
    if result["notes"] and not result["diverged"]:
        said.append(result["notes"])
    said.append(f"Measured on {result['samples']:,} samples of the {result['split']} split.")
    return " ".join(each for each in said if each)


def _compared(scores: Scores | None) -> str:
    """Rounding after training against training so, and the model against the hardware."""
    if scores is None or scores.hardware is None:
        return ""
    said = []
    if scores.rounded is not None:
        said.append(f"Training with the hardware's arithmetic {_gained(scores.rounded, scores.hardware)}.")
    if scores.qkeras is not None:
        off = _apart(scores.qkeras, scores.hardware)
        said.append(f"The hardware is {off} from the trained model." if off else _ALIKE)
    return " ".join(said)


def _gained(rounded: Figure, trained: Figure) -> str:
    """What training is worth, and whether as many samples can tell."""
    points = _apart(rounded, trained)
    if not points:
        return "makes no difference over rounding afterwards"
    doubt = "; that is within the 90 % interval" if rounded.low <= trained.value <= rounded.high else ""
    return f"{'gains' if trained.loss(rounded) < 0 else 'loses'} {points} over rounding afterwards{doubt}"


def _apart(one: Figure, other: Figure) -> str:
    """How far two figures are from each other, '' where that cannot be seen."""
    if one.text == other.text:
        return ""
    off = abs(one.value - other.value)
    return f"{100 * off:.1f} points" if one.is_share else f"{off:.2g} {_OF[one.kind]}"


@lru_cache(maxsize=16)
def _read(result_json: str | None) -> Scores | None:
    """Of a job of an earlier sitting, which may be another version's, perhaps nothing."""
    try:
        return scores_from_json(json.loads(result_json or "{}")["scores"])
    except (ValueError, KeyError, TypeError):
        return None
