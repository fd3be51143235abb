"""A scan as table and plot show it."""

from engine.design import Design
from engine.flows.flow import Flow
from engine.ranges.findings import ROLE_WORDS
from engine.ranges.suggest import type_now
from engine.scan import Figure, Point, Scan
from widgets.scan import ScanCell, ScanRow, ScanView


def scan_view(scan: Scan, design: Design, flow: Flow, *, stale: bool) -> ScanView:
    """Layers that are still there by the widths that were tried."""
    points = [point for point in scan.points if point.layer in design.network]
    widths = tuple(sorted({point.bits for point in points}, reverse=True))
    by_row: dict[tuple[str, str], dict[int, Point]] = {}
    for point in points:
        by_row.setdefault((point.layer, point.role), {})[point.bits] = point
    rows = []
    for (layer, role), mine in by_row.items():
        now = type_now(design, flow, layer, role)
        cells = tuple(_cell(mine[bits], scan) if bits in mine else None for bits in widths)
        rows.append(ScanRow(layer, role, ROLE_WORDS[role].capitalize(), now.short if now is not None else "–", cells))
    title = f"{scan.now.kind.capitalize()}, %" if scan.now.is_share else scan.now.kind.capitalize()
    ends = tuple(_shown(scan.now, value) for value in (scan.now.value, scan.now.low, scan.now.high))
    return ScanView(widths, tuple(rows), stale, title, (ends[0], ends[1], ends[2]))


def _cell(point: Point, scan: Scan) -> ScanCell:
    now, figure = scan.now, point.figure
    worse = figure.low > now.high if now.is_error else figure.high < now.low
    said = f"{point_words(point, scan)}."
    return ScanCell(figure.text, said, _shown(figure, figure.value), point.lut_saved, worse)


def _shown(figure: Figure, value: float) -> float:
    """As the plot's axis counts."""
    return 100 * value if figure.is_share else value


def point_words(point: Point, scan: Scan) -> str:
    """`conv1 at 4 bits: 96.4 % in place of 97.8 %, 271 LUT less`."""
    figures = f"{point.layer} at {point.bits} bits: {point.figure.text} in place of {scan.now.text}"
    saved = point.lut_saved
    if saved is None:
        return figures
    luts = f"{abs(saved):,.0f} LUT {'less' if saved >= 0 else 'more'}" if round(saved) else "no LUT less"
    return f"{figures}, {luts}"
