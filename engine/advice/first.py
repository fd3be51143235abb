"""What to change first."""

from engine.advice.limits import fullest
from engine.advice.quicker import quicker
from engine.advice.requirement import misses
from engine.advice.suggestions import Suggestion, suggestions
from engine.design import Design
from engine.estimate import Estimate
from engine.flows.flow import Flow
from engine.network import TensorStore


def first_changes(
    design: Design, estimate: Estimate, flow: Flow, tensors: TensorStore | None, count: int = 3
) -> tuple[Suggestion, ...]:
    """The `count` edits that save most of the fullest resource. Of a design that is too slow those come first that make
    it quicker, and what would make it slower still is left out.
    """
    saving = suggestions(design, estimate, flow, tensors, fullest(estimate), count)
    if not misses(design.requirement, estimate):
        return saving
    free = tuple(each for each in saving if not each.breaks)
    return (*quicker(design, estimate, flow, tensors, count=count), *free)[:count]
