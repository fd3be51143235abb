"""Painting a type's bits: the histogram above, the bit cells and their exponents beneath."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QRegion

from engine.precision import FixedType
from engine.ranges.histogram import Histogram, highest_held, lowest_kept
from widgets import theme
from widgets.controls import draw_hatch
from widgets.inspector.bits import BitScale, bit_name, low_bit, top_bit
from widgets.inspector.drawn import CENTRE, LEFT, RIGHT, draw_text, scaled, text_width
from widgets.inspector.words import percent, plural, power

_CHART, _TEXT_ROW, _GAP, _CELL = 84, 22, 4, 20
_LETTER_WIDTH = 12
_TEXT_WIDTH = 132
_GAP_WIDTH = 5
_ABOVE_CELLS = 3


def caption_height() -> int:
    """Height of the row above the bars."""
    return scaled(_TEXT_ROW)


def chart_height() -> int:
    """Height of the histogram."""
    return scaled(_CHART)


def cell_top() -> int:
    """Where the bit cells begin."""
    return scaled(_CHART + _GAP)


def cell_height() -> int:
    """Height of a bit cell."""
    return scaled(_CELL)


@dataclass(frozen=True, slots=True)
class BitPicture:
    """What is drawn: the type, the numbers (where known), the colour token of bars, and whether it is the tool's."""

    type: FixedType
    histogram: Histogram | None
    color_token: str
    scale: BitScale
    automatic: bool = False
    empty_text: str = ""


def paint_bits(painter: QPainter, picture: BitPicture, labels: QRectF, changed: QRegion) -> None:
    """What lies in `changed` of everything but the handles; `labels` is the row for exponents."""
    exponents = _exponents_in(changed, picture.scale)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _ground(painter, picture)
    if picture.histogram is not None:
        _bars(painter, picture, picture.histogram, exponents)
        _captions(painter, picture, picture.histogram)
    elif picture.empty_text:
        _empty_text(painter, picture)
    for exponent in exponents:
        _cell(painter, picture, exponent, cell_height())
    _point(painter, picture, cell_height())
    _ends(painter, picture, cell_height())
    if changed.intersects(labels.toAlignedRect()):
        _exponents(painter, picture.scale, labels)


def _exponents_in(region: QRegion, scale: BitScale) -> list[int]:
    """The bits whose bar or cell lies in a region, from left to right."""
    top, height = caption_height(), cell_top() + cell_height() - caption_height()
    # The outline of a cell may reach into the pixel beside it.
    columns = {e: QRectF(scale.x(e) - 1, top, scale.column + 2, height) for e in scale.window.exponents()}
    return [e for e, column in columns.items() if region.intersects(column.toAlignedRect())]


def _span(picture: BitPicture) -> tuple[float, float]:
    """Where the type's bits begin and end, cut to what is in sight."""
    scale, type_ = picture.scale, picture.type
    begin, end = scale.x(top_bit(type_)), scale.x(low_bit(type_) - 1)
    return max(begin, scale.left), min(end, scale.right)


def _ground(painter: QPainter, picture: BitPicture) -> None:
    now, scale = theme.current(), picture.scale
    panel = QRectF(scale.left, 0, scale.right - scale.left, chart_height())
    shape = QPainterPath()
    shape.addRoundedRect(panel, now.radius("chip"), now.radius("chip"))
    painter.fillPath(shape, now.color("bg.sunken"))
    begin, end = _span(picture)
    painter.fillRect(QRectF(begin, 0, end - begin, chart_height()), now.mixed("bg.sunken", "accent", 0.1))


def _bars(painter: QPainter, picture: BitPicture, histogram: Histogram, exponents: list[int]) -> None:
    now, scale, type_ = theme.current(), picture.scale, picture.type
    tallest = max(histogram.counts, default=0)
    inset = min(scale.column / 8, 3)
    for exponent in exponents:
        count = histogram.at(exponent)
        if not count:
            continue
        height = max(round((chart_height() - caption_height()) * count / tallest), 2)
        bar = QRectF(scale.x(exponent) + inset, chart_height() - height, scale.column - 2 * inset, height)
        if histogram.beyond_at(exponent, type_) and exponent > highest_held(type_):
            _hatched(painter, bar, now.color("danger"), now.color("danger.soft"))
        elif exponent < lowest_kept(type_):
            _hatched(painter, bar, now.color("line.control"), now.color("line.default"))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color(picture.color_token))
            painter.drawRoundedRect(bar, min(1.5, bar.width() / 4), 1.5)


def _hatched(painter: QPainter, bar: QRectF, ink: QColor, ground: QColor) -> None:
    painter.fillRect(bar, ground)
    draw_hatch(painter, bar, ink, 3.0, 1.0)


def _captions(painter: QPainter, picture: BitPicture, histogram: Histogram) -> None:
    """What is lost at either end and what is unused, in the row that no bar reaches; the least gives way."""
    now = theme.current()
    font, bold = now.font("caption", 500), now.font("caption", 600)
    begin, end = _span(picture)
    edge_left, edge_right = picture.scale.left + 6, picture.scale.right - 6
    beyond, lost = histogram.share_beyond(picture.type), histogram.share_lost(picture.type)
    if beyond:
        text = f"{percent(beyond)} too large"
        start = edge_left if edge_left + text_width(text, bold) < begin else max(begin + 6, edge_left)
        edge_left = _caption(painter, text, bold, "danger", start, LEFT) + 8
    if lost:
        text = f"lost: {percent(lost)}"
        start = min(end + 10, edge_right - text_width(text, font))
        edge_right = _caption(painter, text, font, "text.secondary", start, RIGHT) - 8
    unused = histogram.unused(picture.type)
    if unused:
        _unused(painter, picture, unused, max(begin + 6, edge_left), edge_right)


def _caption(painter: QPainter, text: str, font: QFont, token: str, x: float, side: Qt.AlignmentFlag) -> float:
    """Draw a caption from `x`; returns where other captions must stop: its right end, or its left for RIGHT."""
    width = text_width(text, font)
    draw_text(painter, QRectF(x, 2, width, caption_height() - 4), text, font, token)
    return x if side is RIGHT else x + width


def _unused(painter: QPainter, picture: BitPicture, unused: int, left: float, right: float) -> None:
    now, scale = theme.current(), picture.scale
    font = now.font("caption", 600)
    first = highest_held(picture.type)
    begin, end = scale.x(first) + 1, scale.x(first - unused) - 3
    warning = now.color("warning")
    painter.fillRect(QRectF(begin, caption_height() - 3, max(end - begin, 2), 2), warning)
    start = max(begin, left)
    for text in (f"{plural(unused, 'unused bit')}", f"{unused} unused", str(unused)):
        if start + text_width(text, font) <= right:
            _caption(painter, text, font, "warning", start, LEFT)
            return


def _empty_text(painter: QPainter, picture: BitPicture) -> None:
    now, scale = theme.current(), picture.scale
    begin, end = _span(picture)
    if end - begin < scaled(_TEXT_WIDTH):
        begin, end = (end, scale.right) if scale.right - end > begin - scale.left else (scale.left, begin)
    area = QRectF(begin + 12, 0, end - begin - 24, chart_height())
    painter.setFont(now.font("dense"))
    painter.setPen(now.color("text.secondary"))
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), picture.empty_text)


def _cell(painter: QPainter, picture: BitPicture, exponent: int, height: float) -> None:
    now, scale, type_ = theme.current(), picture.scale, picture.type
    gap = min(scale.column / 16, 1.25) if scale.column >= _GAP_WIDTH else 0.0
    box = QRectF(scale.x(exponent), cell_top(), scale.column, height).adjusted(gap, 0.5, -gap, -0.5)
    if not low_bit(type_) <= exponent <= top_bit(type_):
        painter.fillRect(QRectF(box.left(), box.center().y() - 1.5, box.width(), 3), now.color("line.subtle"))
        return
    name = bit_name(type_, exponent)
    spare = picture.histogram is not None and name != "S" and _is_unused(picture, exponent)
    if scale.column < _GAP_WIDTH:
        painter.fillRect(box, now.color({"S": "accent", "I": "text.secondary", "F": "line.control"}[name]))
        return
    _cell_box(painter, box, picture, name, spare)
    if scale.column >= _LETTER_WIDTH and height >= now.line("monoSmall"):
        ink = {"S": "accent", "I": "text.primary"}.get(name, "text.secondary")
        draw_text(painter, box, name, now.font("monoSmall"), "text.tertiary" if picture.automatic else ink, CENTRE)


def _cell_box(painter: QPainter, box: QRectF, picture: BitPicture, name: str, spare: bool) -> None:
    now = theme.current()
    radius = min(now.radius("chip"), box.width() / 5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(now.color("accent.soft" if name == "S" else "bg.sunken" if spare else "bg.node"))
    painter.drawRoundedRect(box, radius, radius)
    if spare:
        draw_hatch(painter, box.adjusted(1, 1, -1, -1), now.mixed("bg.node", "warning", 0.7), 4.0, 1.2)
    painter.setPen(QPen(now.color("line.default" if picture.automatic else "line.control"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, radius, radius)


def _is_unused(picture: BitPicture, exponent: int) -> bool:
    assert picture.histogram is not None
    return exponent > highest_held(picture.type) - picture.histogram.unused(picture.type)


def _point(painter: QPainter, picture: BitPicture, height: float) -> None:
    """The binary point: a heavy line between 2⁰ and 2⁻¹."""
    scale = picture.scale
    x = scale.x(-1)
    if scale.left <= x <= scale.right and top_bit(picture.type) >= -1 and low_bit(picture.type) <= 0:
        width = 2.5 if scale.column >= _LETTER_WIDTH else 2.0
        area = QRectF(x - width / 2, cell_top() - 1, width, height + 2)
        painter.fillRect(area, theme.current().color("text.primary"))


def _ends(painter: QPainter, picture: BitPicture, height: float) -> None:
    """The lines on which the handles sit."""
    scale, type_ = picture.scale, picture.type
    pen = QPen(theme.current().color("accent"), 2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    for x in (scale.x(top_bit(type_)), scale.x(low_bit(type_) - 1)):
        if scale.left <= x <= scale.right:
            painter.drawLine(QLineF(QPointF(x, 0), QPointF(x, cell_top() + height)))


def _exponents(painter: QPainter, scale: BitScale, row: QRectF) -> None:
    now = theme.current()
    font = now.font("caption")
    step = scale.label_step(1.15 * text_width(power(scale.window.low), font))
    for exponent in scale.window.exponents():
        if exponent % step != step - 1:
            continue
        text = power(exponent)
        width = text_width(text, font)
        left = scale.x(exponent) + (scale.column - width) / 2
        left = min(max(left, row.left()), row.right() - width)
        draw_text(painter, QRectF(left, row.top(), width, row.height()), text, font, "text.secondary", CENTRE)
