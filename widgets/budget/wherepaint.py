"""How one stack is painted."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt

from widgets.budget.axis import Axis
from widgets.budget.columns import MARK
from widgets.budget.ink import DENSE, NAME, THEME_NAMES, Pen, Type, resource_token
from widgets.budget.segments import Segments, extent
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
    """What all stacks share: the view, its axis, and which layers stand out."""

    view: WhereView
    axis: Axis
    selected: frozenset[str]
    hovered: str


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
    _paint_labels(pen, shown, segments, band)
    if shown.selected:
        _paint_selected(pen, shown, stack, band)
    if shown.hovered:
        _paint_hovered(pen, shown, stack, band)


def _paint_layers(pen: Pen, stack: Stack, segments: Segments, band: QRectF) -> None:
    """All segments of a tint in one stroke each; a gap of 1 px where there is room for one."""
    token = resource_token(stack.name)
    top, height = int(band.top()), int(band.height())
    spans = list(zip(segments.lefts, segments.rights, strict=True))
    painter = pen.painter
    painter.setPen(Qt.PenStyle.NoPen)
    for turn, tint in enumerate(_TINTS):
        painter.setBrush(pen.ink.mixed("bg.panel", token, tint))
        painter.drawRects(
            [QRect(left, top, right - left - (right - left > 2), height) for left, right in spans[turn::2]]
        )


def _inked(width: int) -> int:
    return width - 1 if width > 2 else width


def _paint_labels(pen: Pen, shown: Shown, segments: Segments, band: QRectF) -> None:
    """Names inside the segments that are wide enough, short ones where only they fit."""
    least = 2 * _INSIDE + pen.ink.metrics(_SHORT).averageCharWidth()
    for layer, left, right in zip(segments.layers, segments.lefts, segments.rights, strict=True):
        if right - left < least or shown.view.layers[layer] in shown.selected:
            continue
        words = _fitting(pen, shown.view, layer, right - left - 2 * _INSIDE, _SHORT)
        if words:
            x = (left + right - pen.ink.width(words, _SHORT)) / 2
            pen.write(words, x, band.center().y(), _SHORT, "text.primary")


def _fitting(pen: Pen, view: WhereView, layer: int, room: float, kind: Type) -> str:
    names = (view.layers[layer], view.short[layer])
    return next((name for name in names if pen.ink.width(name, kind) <= room), "")


def _paint_selected(pen: Pen, shown: Shown, stack: Stack, band: QRectF) -> None:
    """Selected layers in full colour; neighbours share one accent outline."""
    token = resource_token(stack.name)
    for run in _runs(shown, stack):
        for index, left, right in run:
            pen.painter.fillRect(QRectF(left, band.top(), _inked(right - left), band.height()), pen.ink.colour(token))
            words = _fitting(pen, shown.view, index, right - left - 2 * _INSIDE, _FULL)
            ink = token.replace("resource.", "onFill.")
            pen.write(words, left + _INSIDE + 2, band.center().y(), _FULL, ink)
        outer = QRectF(run[0][1] - 2, band.top() - 2, run[-1][2] - run[0][1] + 4, band.height() + 4)
        pen.frame(outer, 3, "accent", 2.0)


def _runs(shown: Shown, stack: Stack) -> list[list[tuple[int, int, int]]]:
    """Selected layers with their edges, those that touch in one list."""
    runs: list[list[tuple[int, int, int]]] = []
    for index in (k for k, name in enumerate(shown.view.layers) if name in shown.selected):
        edges = extent(stack, shown.axis, index)
        if edges is None:
            continue
        if runs and edges[0] <= runs[-1][-1][2]:
            runs[-1].append((index, max(edges[0], runs[-1][-1][2]), max(edges[1], runs[-1][-1][2])))
        else:
            runs.append([(index, *edges)])
    return runs


def _paint_hovered(pen: Pen, shown: Shown, stack: Stack, band: QRectF) -> None:
    """The layer under the pointer, here or elsewhere: a dark outline, and a strong tint unless it is selected."""
    if shown.hovered not in shown.view.layers:
        return
    edges = extent(stack, shown.axis, shown.view.layers.index(shown.hovered))
    if edges is None:
        return
    rect = QRectF(edges[0], band.top(), edges[1] - edges[0], band.height())
    chosen = shown.hovered in shown.selected
    if not chosen:
        pen.painter.fillRect(rect, pen.ink.mixed("bg.panel", resource_token(stack.name), _HOVER))
    grow = 3 if chosen else 1
    pen.frame(rect.adjusted(-grow, -grow, grow, grow), grow + 1, "text.primary")
