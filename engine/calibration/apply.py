"""Putting to an estimate what own runs taught."""

from dataclasses import replace
from math import log

from engine.calibration.own import AS_SHIPPED, Correction, Own
from engine.calibration.record import TARGETS
from engine.estimate import Cost, Estimate, LayerCost, Level, Quantity, stretched

FLOOR, SHARE = 0.5, 0.01
"""Least half of an interval that own runs have touched, in pieces and as a share: reports count whole pieces, and what
claims to be exact has been wrong."""

_FIELDS = {"LUT": "lut", "FF": "ff", "DSP": "dsp", "BRAM18": "bram18", "latency": "latency", "interval": "interval"}

Corrections = dict[str, Correction]
"""By target."""


class Calibrator:
    """Corrects estimates; layers that an edit left alone are not corrected again."""

    def __init__(self) -> None:
        self._kept: dict[Level, tuple[Corrections, dict[str, tuple[LayerCost, LayerCost]]]] = {}

    def calibrated(self, estimate: Estimate, own: Own) -> Estimate:
        """An estimate as own runs correct it: layers by the same factors as the total, so that they still add up."""
        if not own.networks or estimate.refusal:
            return estimate
        corrections = _corrections(estimate.total, own)
        total = _cost(estimate.total, corrections, own)
        layers = self._layers(estimate, corrections)
        return replace(estimate, layers=layers, total=total, own_runs=own.words)

    def _layers(self, estimate: Estimate, corrections: Corrections) -> tuple[LayerCost, ...]:
        kept = self._kept.get(estimate.level)
        known = kept[1] if kept is not None and kept[0] == corrections else {}
        found = {}
        for layer in estimate.layers:
            before = known.get(layer.name)
            if before is None or before[0] is not layer:
                before = (layer, LayerCost(layer.name, _cost(layer.cost, corrections)))
            found[layer.name] = before
        self._kept[estimate.level] = (corrections, found)
        return tuple([after for _, after in found.values()])


def _corrections(total: Cost, own: Own) -> Corrections:
    return {target: own.of(target, getattr(total, _FIELDS[target])) for target in TARGETS}


def _cost(cost: Cost, corrections: Corrections, own: Own | None = None) -> Cost:
    """A cost with its quantities corrected; with `own` they say so."""
    found = {}
    for target, correction in corrections.items():
        quantity = corrected(getattr(cost, _FIELDS[target]), correction)
        if target in ("latency", "interval") and correction.factor != 1:
            quantity = _in_whole_cycles(quantity)
        found[_FIELDS[target]] = quantity if own is None else replace(quantity, reason=_why(quantity, correction, own))
    return replace(cost, **found)


def _why(quantity: Quantity, correction: Correction, own: Own) -> str:
    if correction is AS_SHIPPED:
        return quantity.reason
    count = f"{correction.networks} network{'' if correction.networks == 1 else 's'}"
    changed = "not changed" if correction.factor == 1 else f"times {correction.factor:.3g}"
    return f"{quantity.reason} By own runs of {count} with {own.tool}: {changed}.".strip()


def _in_whole_cycles(quantity: Quantity) -> Quantity:
    """The rate follows from the interval that people read."""
    value = float(max(round(quantity.value), quantity.value > 0))
    if quantity.exact:
        return replace(quantity, value=value, low=value, high=value)
    return replace(quantity, value=value, low=min(quantity.low, value), high=max(quantity.high, value))


def corrected(quantity: Quantity, correction: Correction) -> Quantity:
    """A quantity times the factor, its interval stretched; what is exact stays so unless own runs contradict it."""
    if correction is AS_SHIPPED:
        return quantity
    moved = quantity if correction.factor == 1 else quantity.scaled(correction.factor)
    if quantity.exact and correction.stretch <= 1:
        return moved
    return stretched(_with_room(moved), correction.stretch)


def score(quantity: Quantity, factor: float, said: float) -> float:
    """By how much the interval of an estimate times a factor must be stretched to hold a report."""
    value = factor * quantity.value
    if abs(said - value) <= FLOOR:
        return 0.0
    room = FLOOR + SHARE * value
    if said > value:
        return (said - value) / max(factor * quantity.high - value, room)
    low = max(min(factor * quantity.low, value - room), 0.0)
    return log((value + 1) / (said + 1)) / log((value + 1) / (low + 1))


def _with_room(quantity: Quantity) -> Quantity:
    """The quantity with at least the least interval."""
    room = FLOOR + SHARE * quantity.value
    low, high = min(quantity.low, quantity.value - room), max(quantity.high, quantity.value + room)
    return replace(quantity, low=max(low, 0.0), high=high)
