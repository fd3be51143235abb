"""A scan as the table shows it."""

from engine.design import Design
from engine.flows.flow import Flow
from engine.ranges.suggest import type_now
from engine.scan import Point, Scan
from widgets.scan import ScanCell, ScanRow, ScanView


def scan_view(scan: Scan, design: Design, flow: Flow, *, stale: bool) -> ScanView:
    """Layers that are still there by the widths that were tried."""
    points = [point for point in scan.points if point.layer in design.network]
    widths = tuple(sorted({point.bits for point in points}, reverse=True))
    rows = []
    for layer in dict.fromkeys(point.layer for point in points):
        mine = {point.bits: point for point in points if point.layer == layer}
        role = next(iter(mine.values())).role
        now = type_now(design, flow, layer, role)
        cells = tuple(_cell(mine[bits], scan) if bits in mine else None for bits in widths)
        numbers = "Weights" if role == "weight" else "Results"
        rows.append(ScanRow(layer, numbers, now.short if now is not None else "–", cells))
    return ScanView(widths, tuple(rows), stale)


def _cell(point: Point, scan: Scan) -> ScanCell:
    now = scan.now
    worse = point.figure.low > now.high if now.is_error else point.figure.high < now.low
    return ScanCell(point.figure.text, f"{point_words(point, scan)}.", worse)


def point_words(point: Point, scan: Scan) -> str:
    """`conv1 at 4 bits: 96.4 % in place of 97.8 %, 271 LUT less`."""
    figures = f"{point.layer} at {point.bits} bits: {point.figure.text} in place of {scan.now.text}"
    saved = point.lut_saved
    if saved is None:
        return figures
    luts = f"{abs(saved):,.0f} LUT {'less' if saved >= 0 else 'more'}" if round(saved) else "no LUT less"
    return f"{figures}, {luts}"
