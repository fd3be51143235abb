"""Building views from engine values: tallies, choices of a setting, parameters of layer kinds."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import fields
from typing import TypeVar

from engine.design import Effective, Origin, Value
from engine.flows.flow import SettingSpec
from engine.network import Op, Param
from widgets.inspector.model import ChoiceView, ParamValue, ParamView, SettingView, Tally
from widgets.inspector.words import choice_label

T = TypeVar("T", bound=Hashable)
_USUAL_ORDER = ("latency", "resource", "resource_unrolled", "distributed_arithmetic")
_ANY_LENGTH = ("shape", "target")


def tally(values: Iterable[T]) -> tuple[Tally[T], ...]:
    """Each value with the number of layers that have it, most frequent first."""
    return tuple(Tally(value, count) for value, count in Counter(values).most_common())


def origin_text(found: Sequence[Effective]) -> str:
    """Where the values come from, in a few words."""
    values, origins = {each.value for each in found}, {each.origin for each in found}
    if len(values) > 1:
        return f"{len(values)} values"
    if len(origins) > 1:
        return "set in several places"
    return str(next(iter(origins), ""))


def setting_view(spec: SettingSpec, found: Sequence[Effective]) -> SettingView:
    """View of one setting; `found` holds the effective value of each selected layer."""
    values = tally(each.value for each in found)
    return SettingView(
        spec.key,
        spec.label,
        spec.help,
        values,
        choices_of(spec, values),
        origin_text(found),
        inherited=all(each.origin is not Origin.LAYER for each in found),
        resettable=any(each.origin is Origin.LAYER for each in found),
    )


def choices_of(spec: SettingSpec, values: tuple[Tally[Value], ...]) -> tuple[ChoiceView, ...]:
    """Legal and illegal choices of a setting in one fixed order, so that none moves when its legality changes."""
    layers = {each.value: each.layers for each in values}
    reasons = dict(spec.off)
    every = list(dict.fromkeys((*spec.choices, *reasons)))
    return tuple(
        ChoiceView(value, choice_label(value), reasons.get(value, ""), layers.get(value, 0))
        for value in sorted(every, key=_place)
    )


def params_of(ops: Sequence[Op]) -> tuple[ParamView, ...]:
    """The parameters that the ops share: those of one kind all, of several kinds none."""
    if not ops or len({type(op) for op in ops}) > 1:
        return ()
    described = [(item.name, item.metadata.get("param")) for item in fields(ops[0])]
    return tuple(_param(name, spec, ops) for name, spec in described if spec is not None)


def _param(name: str, spec: Param, ops: Sequence[Op]) -> ParamView:
    values: list[ParamValue] = [getattr(op, name) for op in ops]
    first = values[0]
    same = all(value == first for value in values)
    length = len(first) if isinstance(first, tuple) and name not in _ANY_LENGTH else None
    return ParamView(
        name, spec.label, spec.help, _form(spec, first), first if same else None, spec.minimum, spec.choices, length
    )


def _form(spec: Param, value: ParamValue) -> str:
    if spec.choices:
        return "choice"
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, tuple):
        return "extents"
    if isinstance(value, str):
        return "text"
    return "real" if isinstance(value, float) else "whole"


def _place(value: Value) -> tuple[int, float, str]:
    if isinstance(value, int | float):
        return (0, float(value), "")
    text = str(value)
    return (1, _USUAL_ORDER.index(text) if text in _USUAL_ORDER else len(_USUAL_ORDER), text)
