"""What the hardware's answers are worth, as the budget shows it and as it is explained."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.accuracy import LiveAccuracy
from engine.emulate.data import MADE_UP
from engine.emulate.score import AUC, SCORE_WORDS
from engine.emulate.task import reconstructs
from engine.emulate.traces import LayerTrace, first_wrong, layer_traces, likely_cause, share_text
from engine.estimate import Tier
from engine.network import Network
from widgets.budget import AccuracyView, Contributor, Explanation

KEY = "accuracy"
_MOST = 6
_METHOD = "Computed in whole numbers, bit for bit as the C++ of hls4ml does, without a compiler."
_NO_LABELS = "No right answers are known: choose a data set with labels to see the accuracy."
_WAITING = AccuracyView("Accuracy", notes=("evaluating…",), spoken="The accuracy is being evaluated.")


@dataclass(frozen=True, slots=True)
class _Figure:
    """What stands for the whole comparison: a share, its interval in words, and what it is measured against."""

    title: str
    value: str
    against: str
    interval: str = ""
    low: bool = False
    """Whether it is certainly worse than the float network."""


def accuracy_view(live: LiveAccuracy, network: Network) -> AccuracyView:
    """The newest figure, or why there is none."""
    result = live.comparison
    if result is None:
        if not live.refusal:
            return _WAITING
        return AccuracyView("Accuracy", "–", (live.refusal,), spoken=f"No accuracy: {live.refusal}")
    found, source = _figure(result, network), f"bit-exact, {_samples(result)}"
    wrong = first_wrong(layer_traces(result))
    notes = (found.interval, found.against)
    spoken = f"{found.title} {found.value}, {', '.join(filter(None, notes))}, {source}."
    return AccuracyView(
        found.title,
        found.value,
        tuple(note for note in notes if note),
        source,
        f"{spoken} {_wrong_words(wrong)}".strip(),
        found.low or wrong is not None,
    )


def explain_accuracy(live: LiveAccuracy, network: Network) -> Explanation:
    """How the figure came about, and which layers are furthest off."""
    result = live.comparison
    if result is None:
        reason = live.refusal or "It is being evaluated."
        return Explanation(KEY, "Accuracy", "–", "", "", reason, Tier.SIMULATED, 0, "", (), source="Bit-exact")
    found, traces = _figure(result, network), layer_traces(result)
    doubt = f"90 % interval of so many samples: {found.interval}." if found.interval else ""
    labels = "" if result["accuracy"] or result.get("score") or reconstructs(network) else _NO_LABELS
    where = "Made-up samples." if _made_up(result) else f"Samples of {Path(result['data']).name}."
    reason = " ".join(filter(None, (_METHOD, where, labels, _by_output(result), _wrong_words(first_wrong(traces)))))
    listed = tuple(_contributor(trace) for trace in sorted(traces, key=lambda trace: -trace.relative) if trace.relative)
    return Explanation(
        KEY,
        found.title,
        found.value,
        found.against,
        doubt,
        reason,
        Tier.SIMULATED,
        int(live.stale),
        "Layers furthest off: signal over error, share",
        listed[:_MOST],
        f"and {len(listed) - _MOST} more" if len(listed) > _MOST else "",
        source=f"Bit-exact, {_samples(result)}",
        actions=(("run.layers", "Layer by layer"), ("network.data", "Data set…")),
    )


def _figure(result: Mapping[str, Any], network: Network) -> _Figure:
    """Accuracy where labels are known, agreement where the network chooses among classes, else the error."""
    shares = result["accuracy"]
    if shares:
        low = shares["float"] > shares["high"]
        interval = _interval(shares["low"], shares["high"])
        return _Figure("Accuracy", _percent(shares["hardware"]), f"float {_percent(shares['float'])}", interval, low)
    if result.get("score"):
        return _scored(result["score"])
    output = max(result["outputs"], key=lambda each: float(each["max_error"]))
    if "agreement" in output and not reconstructs(network):
        interval = _interval(output["agreement_low"], output["agreement_high"])
        return _Figure("Same answer", _percent(output["agreement"]), "as the float network", interval)
    off = "–" if output["relative"] is None else share_text(output["relative"])
    return _Figure("Error", off, "of the float network’s output")


def _by_output(result: Mapping[str, Any]) -> str:
    """Of several outputs what each one reaches, '' where there is one."""
    each = ", ".join(f"{row['name']} {_percent(row['hardware'])}" for row in result.get("by_output", []))
    return f"The mean of its outputs: {each}." if each else ""


def _scored(found: Mapping[str, Any]) -> _Figure:
    """Area or error; `low` where it is certainly worse than the float network's."""
    worse = found["float"] > found["high"] if found["kind"] == AUC else found["float"] < found["low"]
    interval = f"{found['low']:.3g} to {found['high']:.3g}"
    return _Figure(
        SCORE_WORDS[found["kind"]], f"{found['hardware']:.3g}", f"float {found['float']:.3g}", interval, worse
    )


def _contributor(trace: LayerTrace) -> Contributor:
    share = min(trace.relative, 10.0)
    amount = f"{round(trace.decibels)} dB".replace("-", "−") if trace.difference.relative is not None else "–"
    return Contributor(trace.name, amount, share, trace.type)


def _wrong_words(wrong: LayerTrace | None) -> str:
    return "" if wrong is None else f"It goes wrong at {wrong.name}: {likely_cause(wrong)}."


def _samples(result: Mapping[str, Any]) -> str:
    count = int(result["samples"])
    return f"{count:,} {'made-up ' if _made_up(result) else ''}{'sample' if count == 1 else 'samples'}"


def _made_up(result: Mapping[str, Any]) -> bool:
    return bool(result["data"] == MADE_UP)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _interval(low: float, high: float) -> str:
    return f"{100 * low:.1f} to {100 * high:.1f} %"
