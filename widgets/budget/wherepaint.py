"""How one stack is painted."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt

from widgets.budget.columns import MARK
from widgets.budget.ink import DENSE, NAME, THEME_NAMES, Pen, Type, resource_token
from widgets.budget.segments import Segments
from widgets.budget.where_view import Stack, WhereView
from widgets.controls import draw_resource_mark

_TINTS = (0.38, 0.26)
_HOVER = 0.66
_MARK_LEFT = 18
_INSIDE = 4
_SHORT = Type("caption", 500)
_FULL = Type("caption", 600)


@dataclass(frozen=True, slots=True)
class Shown:
    """What all stacks share: the view and which layers stand out."""

    view: WhereView
    selected: tuple[int, ...]
    hovered: int | None


def paint_stack(pen: Pen, shown: Shown, stack: Stack, segments: Segments, band: QRectF, name_left: float) -> None:
    """Mark, name, trough, the layers in alternating tints, and those that stand out above them."""
    middle, mark = band.center().y(), pen.ink.px(MARK)
    draw_resource_mark(
        pen.painter,
        QRectF(pen.ink.px(_MARK_LEFT), middle - mark / 2, mark, mark),
        THEME_NAMES.get(stack.name, stack.name),
    )
    pen.write(stack.label, name_left, middle, NAME, "text.primary")
    if not stack.limit:
        words = "no figure for this board" if stack.limit is None else "none on this board"
        pen.write(words, band.left(), middle, DENSE, "text.secondary")
        return
    pen.box(band, 3, pen.ink.colour("bg.sunken"))
    _paint_layers(pen, stack, segments, band)
    if shown.selected:
        _paint_selected(pen, shown, stack, segments, band)
    if shown.hovered is not None:
        _paint_hovered(pen, stack, segments, band, shown.hovered, shown.hovered in shown.selected)


def _paint_layers(pen: Pen, stack: Stack, segments: Segments, band: QRectF) -> None:
    """All segments of a tint in one stroke each; a gap of 1 px where there is room for one."""
    token = resource_token(stack.name)
    top, height = int(band.top()), int(band.height())
    spans = list(zip(segments.lefts, segments.rights, strict=True))
    painter = pen.painter
    painter.setPen(Qt.PenStyle.NoPen)
    for turn, tint in enumerate(_TINTS):
        painter.setBrush(pen.ink.mixed("bg.panel", token, tint))
        painter.drawRects([QRect(left, top, _inked(right - left), height) for left, right in spans[turn::2]])


def _inked(width: int) -> int:
    return width - 1 if width > 2 else width


def paint_names(pen: Pen, shown: Shown, stack: Stack, segments: Segments, band: QRectF) -> None:
    """Names inside the segments that are wide enough, short ones where only they fit."""
    least = 2 * _INSIDE + pen.ink.metrics(_SHORT).averageCharWidth()
    on_fill = resource_token(stack.name).replace("resource.", "onFill.")
    for layer, left, right in zip(segments.layers, segments.lefts, segments.rights, strict=True):
        if right - left < least:
            continue
        chosen = layer in shown.selected
        kind = _FULL if chosen else _SHORT
        words = _fitting(pen, shown.view, layer, right - left - 2 * _INSIDE, kind)
        if words:
            x = left + _INSIDE + 2 if chosen else (left + right - pen.ink.width(words, kind)) / 2
            pen.write(words, x, band.center().y(), kind, on_fill if chosen else "text.primary")


def _fitting(pen: Pen, view: WhereView, layer: int, room: float, kind: Type) -> str:
    names = (view.layers[layer], view.short[layer])
    return next((name for name in names if pen.ink.width(name, kind) <= room), "")


def _paint_selected(pen: Pen, shown: Shown, stack: Stack, segments: Segments, band: QRectF) -> None:
    """Selected layers in full colour; neighbours share one accent outline."""
    fill = pen.ink.colour(resource_token(stack.name))
    for run in _runs(shown.selected, stack, segments):
        end = run[-1][2]
        for _, left, right in run:
            width = right - left if right == end else _inked(right - left)
            pen.painter.fillRect(QRectF(left, band.top(), width, band.height()), fill)
        outer = QRectF(run[0][1] - 2, band.top() - 2, end - run[0][1] + 4, band.height() + 4)
        pen.frame(outer, 3, "accent", 2.0)


def _runs(selected: tuple[int, ...], stack: Stack, segments: Segments) -> list[list[tuple[int, int, int]]]:
    """Selected layers with their edges, those that touch in one list."""
    runs: list[list[tuple[int, int, int]]] = []
    for index in selected:
        edges = segments.extent(index)
        if edges is None or stack.amounts[index] <= 0:
            continue
        if runs and edges[0] <= runs[-1][-1][2]:
            before = runs[-1][-1][2]
            runs[-1].append((index, before, max(edges[1], before)))
        else:
            runs.append([(index, *edges)])
    return runs


def _paint_hovered(pen: Pen, stack: Stack, segments: Segments, band: QRectF, index: int, selected: bool) -> None:
    """The layer under the pointer, here or elsewhere: a dark outline, and a strong tint unless it is selected."""
    edges = segments.extent(index)
    if edges is None or stack.amounts[index] <= 0:
        return
    rect = QRectF(edges[0], band.top(), edges[1] - edges[0], band.height())
    if not selected:
        pen.painter.fillRect(rect, pen.ink.mixed("bg.panel", resource_token(stack.name), _HOVER))
    grow = 3 if selected else 1
    pen.frame(rect.adjusted(-grow, -grow, grow, grow), grow + 1, "text.primary")
