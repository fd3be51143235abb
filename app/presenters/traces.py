"""An emulation as the table of layers shows it."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from engine.emulate.traces import WRONG, LayerTrace, first_wrong, layer_traces, likely_cause, share_text
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from engine.network import Network
from widgets.traces import NO_TRACES, TraceRow, TracesView

_LEAST_SCALE = 0.01
"""What a full bar stands for at least: errors below it look as small as they are."""
_UNTRACED = "It has no output of its own in the hardware."
_GONE = "The network no longer has this layer."


def is_comparison(view: JobView) -> bool:
    """Whether a job has compared layer by layer."""
    return view.state is JobState.DONE and view.spec.function == "emulate"


def goes_wrong(view: JobView) -> bool:
    """Whether a comparison found a layer whose hardware computes something else."""
    return is_comparison(view) and _any_wrong(view.result_json)


@lru_cache(maxsize=256)
def _any_wrong(result_json: str | None) -> bool:
    """Read once: rows are drawn anew with every event of any job."""
    try:
        return first_wrong(layer_traces(json.loads(result_json or "{}"))) is not None
    except (ValueError, KeyError, TypeError):
        return False


def traces_view(view: JobView, network: Network, edits_old: int | None = 0) -> TracesView:
    """The table of a job. `edits_old` counts the edits since, None where the design is another sitting's."""
    return _table(view.spec.title, view.result, network, _age(edits_old))


def live_traces_view(comparison: Mapping[str, Any] | None, refusal: str, network: Network, stale: bool) -> TracesView:
    """The table of what was evaluated without a compiler, or why there is none."""
    if comparison is None:
        return TracesView(reason=refusal) if refusal else NO_TRACES
    return _table("Bit-exact model", comparison, network, "earlier design" if stale else "")


def _table(name: str, result: Any, network: Network, age: str) -> TracesView:
    try:
        traces = layer_traces(result)
        headline, untraced = _headline(result), tuple(map(str, result["untraced"]))
        title = f"{name} · layers over {int(result['traced_samples'])} samples"
    except (ValueError, KeyError, TypeError) as error:
        reason = str(error) if isinstance(error, ValueError) else "This emulation cannot be read; emulate again."
        return TracesView(name, reason=reason)
    first = first_wrong(traces)
    scale = min(max([_LEAST_SCALE, *(trace.relative for trace in traces)]), 1.0)
    rows = {trace.name: _row(trace, network, scale, trace is first) for trace in traces}
    rows |= {name: _untraced(name, network) for name in untraced}
    order = [name for name in network.order if name in rows]
    verdict, tone = _verdict(traces, first)
    return TracesView(
        title,
        headline,
        verdict,
        tone,
        age,
        f", bar to {share_text(scale)}",
        tuple(rows[name] for name in (*order, *(name for name in rows if name not in network))),
    )


def _headline(result: Mapping[str, Any]) -> str:
    """Accuracy of both where labels are known, else what the job's summary says."""
    shares = result["accuracy"]
    if not shares:
        return str(result["summary"])
    change = 100 * (float(shares["hardware"]) - float(shares["float"]))
    sign = "−" if change < 0 else "+"
    moved = f" ({sign}{abs(change):.1f} points)" if abs(change) >= 0.05 else ""
    over = str(result["summary"]).rpartition(", over ")[2].rstrip(".")
    return (
        f"Accuracy {100 * shares['hardware']:.1f} % in hardware, {100 * shares['float']:.1f} % in float{moved} · {over}"
    )


def _verdict(traces: tuple[LayerTrace, ...], first: LayerTrace | None) -> tuple[str, str]:
    if first is not None:
        return f"Goes wrong at {first.name}: {likely_cause(first)}.", "danger"
    if not traces:
        return "No layer of the hardware could be compared.", "info"
    worst = max(traces, key=lambda trace: trace.relative)
    if not worst.relative:
        return "No layer differs from the float network.", "ok"
    least = f"No layer is off by more than {share_text(WRONG)}"
    return f"{least}. The worst is {worst.name} with {share_text(worst.relative)}.", "ok"


def _age(edits_old: int | None) -> str:
    if edits_old is None:
        return "earlier design"
    return f"{edits_old} {'edit' if edits_old == 1 else 'edits'} old" if edits_old else ""


def _row(trace: LayerTrace, network: Network, scale: float, first: bool) -> TraceRow:
    found = trace.difference
    figures = (
        "–" if found.relative is None else share_text(found.relative),
        _number(found.max_abs),
        _number(found.mean_abs),
        f"{_number(found.lowest)} to {_number(found.highest)}",
        f"{_number(found.hardware_lowest)} to {_number(found.hardware_highest)}",
        share_text(found.beyond) + (" wrap" if trace.wraps else " clip") * bool(found.beyond),
        trace.type.removeprefix("ap_").replace("AP_", ""),
    )
    return TraceRow(
        trace.name,
        *_looks(network, trace.name),
        figures,
        min(trace.relative / scale, 1.0),
        trace.relative >= WRONG,
        first,
        trace.name in network,
        _words(trace, figures, network),
    )


def _words(trace: LayerTrace, figures: tuple[str, ...], network: Network) -> str:
    off, largest, mean, floats, fixed, beyond, _ = figures
    decibels = "" if trace.relative in (0, float("inf")) else f", signal {trace.decibels:.0f} dB above the error"
    lines = (
        f"{trace.name}: off by {off}{decibels}.",
        f"Largest difference {largest}, mean {mean}.",
        f"Float network {floats}, hardware {fixed}.",
        f"Beyond {trace.type or 'its type'}: {beyond}.",
        "" if trace.name in network else _GONE,
    )
    return "\n".join(line for line in lines if line)


def _untraced(name: str, network: Network) -> TraceRow:
    known = name in network
    words = f"{name}: {_UNTRACED}" if known else f"{name}: {_UNTRACED} {_GONE}"
    return TraceRow(name, *_looks(network, name), known=known, words=words)


def _looks(network: Network, name: str) -> tuple[str, str]:
    """Group and kind, which choose the icon."""
    if name not in network:
        return "", ""
    op = network[name].op
    return op.GROUP, op.KIND


def _number(value: float) -> str:
    """Three significant figures."""
    return f"{value:.3g}".replace("-", "−")
