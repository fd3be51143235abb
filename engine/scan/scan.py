"""Each layer at each width, all others as they are: the golden model's figure, and LUTs saved by the estimate."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from engine.design import RESULT, Design, set_on_layers
from engine.flows.flow import Flow
from engine.flows.registry import flow
from engine.network import TensorStore
from engine.precision import FixedType, Overflow, Rounding
from engine.ranges import Method, Ranges, Spread
from engine.ranges.job import ranges_of
from engine.ranges.stored import FACTORS
from engine.ranges.suggest import suggested_type, type_now
from engine.scan.figure import figure_of
from engine.scan.found import Point, Scan

WIDTHS = (16, 12, 10, 8, 7, 6, 5, 4, 3, 2)
"""Bits that are tried, where they are fewer than there are now."""
_MEASURED = 50
"""Samples whose ranges say where the point of a narrower type goes."""


def scanned(
    design: Design,
    tensors: TensorStore,
    data: Path | None = None,
    samples: int | None = None,
    layers: tuple[str, ...] = (),
    widths: tuple[int, ...] = WIDTHS,
) -> Iterator[Scan]:
    """The scan after each point; the last has all. `layers` empty: all of them.

    Raises what `Comparer.compare` raises, and MissingTensorError.
    """
    known = flow(design.target.flow)
    comparer = known.comparer(tensors)
    first = comparer.compare(design, data, samples)
    *_, (ranges, _share) = ranges_of(design, tensors, data, _MEASURED)
    tried = [*_tried(design, known, ranges, layers or design.network.order, widths)]
    scan = Scan(figure_of(first), (), len(tried), first["samples"], first["data"])
    yield scan
    before = _luts(design, known, tensors)
    for layer, role, type_ in tried:
        narrow = set_on_layers(design, (layer,), role, type_)
        figure = figure_of(comparer.compare(narrow, data, samples))
        after = _luts(narrow, known, tensors)
        saved = None if before is None or after is None else before - after
        point = Point(layer, role, type_.width, str(type_), figure, saved)
        scan = replace(scan, points=(*scan.points, point))
        yield scan


def _tried(
    design: Design, known: Flow, ranges: Ranges, layers: tuple[str, ...], widths: tuple[int, ...]
) -> Iterator[tuple[str, str, FixedType]]:
    for name in layers:
        choosable = {spec.key for spec in known.settings(design, name)}
        for role in _roles(name, ranges):
            now, spread = type_now(design, known, name, role), ranges.of(name, role)
            if now is None or spread is None or role not in choosable:
                continue
            for bits in sorted({bits for bits in widths if bits < now.width}, reverse=True):
                yield name, role, _narrowed(spread, now.changed(width=bits, saturation_bits=0))


def _roles(name: str, ranges: Ranges) -> tuple[str, ...]:
    """What a layer multiplies by, else its results."""
    return tuple(role for role in FACTORS if ranges.of(name, role) is not None) or (RESULT,)


def _narrowed(spread: Spread, type_: FixedType) -> FixedType:
    """The best type of this width: constants are rounded and clipped before there is hardware, at no cost."""
    if spread.role == RESULT:
        return suggested_type(spread, type_, Method.MIN_MAX)
    return suggested_type(spread, type_.changed(rounding=Rounding.RND, overflow=Overflow.SAT), Method.MSE)


def _luts(design: Design, known: Flow, tensors: TensorStore) -> float | None:
    """None where the flow has no estimate: its total would be 0."""
    found = known.estimate(design, tensors)
    return None if found.refusal else found.total.resource("LUT").value
