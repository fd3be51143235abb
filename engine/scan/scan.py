"""Each layer at each width, all others as they are: the golden model's figure, and LUTs saved by the estimate."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from engine.design import RESULT, WEIGHT, Design, set_on_layers
from engine.flows.flow import Flow
from engine.flows.registry import flow
from engine.network import TensorStore
from engine.precision import FixedType, Overflow, Rounding
from engine.ranges import Method, Ranges, Spread
from engine.ranges.job import ranges_of
from engine.ranges.suggest import suggested_type, type_now
from engine.scan.figure import Figure, figure_of

WIDTHS = (16, 12, 10, 8, 7, 6, 5, 4, 3, 2)
"""Bits that are tried, where they are fewer than there are now."""
_MEASURED = 50
"""Samples whose ranges say where the point of a narrower type goes."""


@dataclass(frozen=True, slots=True)
class Point:
    """One layer's weights, or the results of one without weights, in a type of `bits`."""

    layer: str
    role: str
    bits: int
    type: str
    figure: Figure
    lut_saved: float


@dataclass(frozen=True, slots=True)
class Scan:
    """The design as it is, and what was tried so far of `count` points."""

    now: Figure
    points: tuple[Point, ...] = ()
    count: int = 0
    samples: int = 0
    source: str = ""

    @property
    def summary(self) -> str:
        """What was tried and which layer suffers first, in one sentence."""
        over = f"over {self.samples:,} samples of {Path(self.source).name}"
        if not self.points:
            return f"{self.now.kind.capitalize()} {self.now.text} {over}; there is nothing to narrow."
        worst = max(self.points, key=lambda point: point.figure.loss(self.now))
        return (
            f"{self.now.kind.capitalize()} {self.now.text} {over}; {worst.layer} suffers most: {worst.figure.text} at "
            f"{worst.bits} bits."
        )

    def to_json(self) -> dict[str, Any]:
        """As values JSON knows."""
        return asdict(self)


def scan_from_json(value: Mapping[str, Any]) -> Scan:
    """What `Scan.to_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    points = tuple(Point(**{**each, "figure": Figure(**each["figure"])}) for each in value["points"])
    return Scan(Figure(**value["now"]), points, int(value["count"]), int(value["samples"]), str(value["source"]))


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
        point = Point(layer, role, type_.width, str(type_), figure, before - _luts(narrow, known, tensors))
        scan = replace(scan, points=(*scan.points, point))
        yield scan


def _tried(
    design: Design, known: Flow, ranges: Ranges, layers: tuple[str, ...], widths: tuple[int, ...]
) -> Iterator[tuple[str, str, FixedType]]:
    for name in layers:
        role = WEIGHT if design.network[name].weights else RESULT
        now, spread = type_now(design, known, name, role), ranges.of(name, role)
        choosable = role in {spec.key for spec in known.settings(design, name)}
        if now is None or spread is None or not choosable:
            continue
        for bits in sorted({bits for bits in widths if bits < now.width}, reverse=True):
            yield name, role, _narrowed(spread, now.changed(width=bits, saturation_bits=0))


def _narrowed(spread: Spread, type_: FixedType) -> FixedType:
    """The best type of this width: constants are rounded and clipped before there is hardware, at no cost."""
    if spread.role == RESULT:
        return suggested_type(spread, type_, Method.MIN_MAX)
    return suggested_type(spread, type_.changed(rounding=Rounding.RND, overflow=Overflow.SAT), Method.MSE)


def _luts(design: Design, known: Flow, tensors: TensorStore) -> float:
    return known.estimate(design, tensors).total.resource("LUT").value
