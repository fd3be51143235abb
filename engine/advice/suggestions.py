"""What saves most: edits ranked by how much of one resource they save."""

from dataclasses import dataclass

from engine.advice.finding import Fix
from engine.advice.limits import limit
from engine.advice.requirement import breaks
from engine.advice.words import SETTING_WORDS, grouped, per_second, time_text
from engine.design import Design
from engine.estimate import RESOURCES, Estimate
from engine.flows.flow import Flow
from engine.flows.folding import FoldingChange, folding_changes
from engine.flows.labels import FINN
from engine.flows.reuse import ReuseChange, higher_reuse
from engine.network import TensorStore

LATENCY, RATE = "latency", "rate"
_LAYERS_TRIED = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An edit of one layer, what it saves or gains, and what it costs."""

    layer: str
    change: str
    """What is set, and to what."""
    detail: str
    resource: str
    """What is saved; of a design that is too slow LATENCY or RATE."""
    saving: float
    """Of the resource; of a latency µs less, of a rate so many more a second."""
    fix: Fix
    breaks: str = ""
    """How it would break the requirement, or the board; '' where it keeps to both."""

    @property
    def title(self) -> str:
        """Layer and change in one line."""
        return f"{self.layer}: {self.change}"

    @property
    def saved(self) -> str:
        """`−32` of a resource, `−230 ns`, `+1.2 M/s`."""
        if self.resource == RATE:
            return f"+{per_second(self.saving)}"
        return f"−{time_text(self.saving) if self.resource == LATENCY else grouped(self.saving)}"


def suggestions(
    design: Design, estimate: Estimate, flow: Flow, tensors: TensorStore | None, resource: str, count: int = 3
) -> tuple[Suggestion, ...]:
    """The `count` edits that save most, tried on the layers that take most: the next legal reuse factor or folding,
    or of those that leave the rate as it is the one that saves most. Those that would break the requirement stand
    behind all others.
    """
    largest = sorted(estimate.layers, key=lambda layer: -layer.cost.resource(resource).value)[:_LAYERS_TRIED]
    names = [layer.name for layer in largest]
    by_reuse = [each for name in names for each in _worth_trying(design, estimate, flow, tensors, name, resource)]
    found = [_suggestion(change, _reuse_words(change), design, estimate, resource) for change in by_reuse]
    if not by_reuse and flow.id == FINN:
        folded = folding_changes(design, estimate, flow, tensors, resource, names, allowed(estimate))
        found = [_suggestion(change, folding_words(change), design, estimate, resource) for change in folded]
    ranked = sorted((each for each in found if each.saving > 0), key=lambda each: (bool(each.breaks), -each.saving))
    return tuple(ranked[:count])


def allowed(estimate: Estimate) -> list[float]:
    """Of each resource: what the board has, or what is taken now where that is more."""
    board = estimate.target.board
    return [max(estimate.total.resource(name).value, limit(board, name) or 0) for name in RESOURCES]


def _worth_trying(
    design: Design, estimate: Estimate, flow: Flow, tensors: TensorStore | None, layer: str, resource: str
) -> list[ReuseChange]:
    free: ReuseChange | None = None
    for change in higher_reuse(design, layer, flow, tensors):
        slower = change.estimate.total.interval.value > estimate.total.interval.value
        if slower or (free and breaks(design.requirement, estimate, change.estimate)):
            return [free or change]
        if free is None or change.saving(estimate, resource) > free.saving(estimate, resource):
            free = change
    return [free] if free else []


def _suggestion(
    change: ReuseChange | FoldingChange, words: tuple[str, str, str], design: Design, before: Estimate, resource: str
) -> Suggestion:
    """`words`: what is set and to what, that in short for a button, and the name of the edit."""
    same = change.estimate.total.interval.value <= before.total.interval.value
    rate = "same rate" if same else f"rate falls to {per_second(change.estimate.rate.value)}"
    broken = breaks(design.requirement, before, change.estimate)
    what, short, name = words
    fix = Fix(short, name, change.apply)
    return Suggestion(change.layer, what, broken or rate, resource, change.saving(before, resource), fix, broken)


def _reuse_words(change: ReuseChange) -> tuple[str, str, str]:
    what = f"reuse {grouped(change.now)} to {grouped(change.new)}"
    return what, f"Set {grouped(change.new)}", f"Reuse factor of {change.layer} to {change.new}"


def folding_words(change: FoldingChange) -> tuple[str, str, str]:
    """What is set, that in short for a button, and the name of the edit: `PE 4, SIMD 8, multipliers DSP`."""
    pairs = [(SETTING_WORDS.get(key, key), str(value)) for key, value in change.settings.items]
    what = ", ".join(f"{key} {value.upper() if value in ('lut', 'dsp') else value}" for key, value in pairs)
    return what, "Fold", f"Folding of {change.layer}: {what}"
