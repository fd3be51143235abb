"""How the strip of edits is painted."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen

from widgets.budget.columns import MARK
from widgets.budget.edits_view import EditPoint, EditsView, spread
from widgets.budget.editsplot import CAPTIONS, DOTS, Plot
from widgets.budget.ink import CAPTION, CAPTION_STRONG, THEME_NAMES, Pen, resource_token
from widgets.budget.numbers import percent
from widgets.controls import draw_resource_mark

_CORNER = 2.5
_LINE = 2.0
_FUTURE = 0.4
_DOT, _CURRENT_DOT = 3.0, 5.0
_LABEL_LEFT = 10


def paint_plot(pen: Pen, view: EditsView, plot: Plot) -> None:
    """Ground, limit, lines (faint where undone), marks and labels."""
    pen.box(plot.chart, 3, pen.ink.colour("bg.block" if not pen.ink.theme.is_dark else "bg.sunken"))
    left = plot.chart.left() - 5
    pen.write_right("0", left, plot.chart.bottom(), CAPTION, "text.secondary")
    limit = round(plot.y(1.0))
    pen.write_right("100", left, limit, CAPTION, "danger")
    pen.line(QPointF(plot.chart.left(), limit), QPointF(plot.chart.right(), limit), "danger", 2.0)
    drawn = view.drawn()
    now = min(max(view.current, plot.first), plot.last - 1)
    for index in drawn:
        _paint_line(pen, view, plot, index, plot.first, now, 1.0)
        if now < plot.last - 1:
            _paint_line(pen, view, plot, index, now, plot.last - 1, _FUTURE)
    if plot.first <= view.current < plot.last - 1:
        x = round(plot.x(view.current))
        pen.line(QPointF(x, plot.chart.top()), QPointF(x, plot.bottom - pen.ink.px(CAPTIONS)), "accent")
    _paint_labels(pen, view, plot, drawn, now)


def _paint_line(pen: Pen, view: EditsView, plot: Plot, quantity: int, first: int, last: int, opacity: float) -> None:
    path = step_path(plot, [point.shares[quantity] for point in view.points], first, last)
    stroke = QPen(pen.ink.colour(resource_token(view.resources[quantity][0])), _LINE)
    stroke.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.painter.setPen(stroke)
    pen.painter.setBrush(Qt.BrushStyle.NoBrush)
    pen.painter.setOpacity(opacity)
    pen.painter.drawPath(path)
    pen.painter.setOpacity(1.0)


def step_path(plot: Plot, shares: list[float | None], first: int, last: int) -> QPainterPath:
    """A line that steps shortly before each dot, with soft corners; broken where there is no figure."""
    path, before = QPainterPath(), None
    for index in range(first, last + 1):
        share = shares[index]
        if share is None:
            before = None
            continue
        x, y = plot.x(index), plot.y(share)
        if before is None:
            path.moveTo(x, y)
        elif abs(y - before) < 0.5:
            path.lineTo(x, y)
        else:
            _step(path, x - plot.rise(), before, y, min(_CORNER, abs(y - before) / 2, plot.rise()))
            path.lineTo(x, y)
        before = y
    return path


def _step(path: QPainterPath, x: float, start: float, end: float, corner: float) -> None:
    turn = corner if end > start else -corner
    path.lineTo(x - corner, start)
    path.quadTo(x, start, x, start + turn)
    path.lineTo(x, end - turn)
    path.quadTo(x, end, x + corner, end)


def _paint_labels(pen: Pen, view: EditsView, plot: Plot, drawn: list[int], now: int) -> None:
    """Name and percent of the step in force at the right, apart from each other; marks on the lines."""
    shares = {index: view.points[now].shares[index] for index in drawn}
    shown = [(index, share) for index, share in shares.items() if share is not None]
    gap = pen.ink.metrics(CAPTION_STRONG).height() - 2
    wanted = [plot.y(share) for _, share in shown]
    heights = spread(wanted, gap, plot.chart.top() + 4, plot.chart.bottom() + 4)
    side, right = pen.ink.px(MARK), plot.chart.right()
    for (index, share), height in zip(shown, heights, strict=True):
        name, label = view.resources[index]
        x, y = plot.x(now), plot.y(share)
        draw_resource_mark(pen.painter, QRectF(x - side / 2, y - side / 2, side, side), THEME_NAMES.get(name, name))
        ink = "danger" if share > 1 else "text.primary"
        pen.write(f"{label} {percent(share)}", right + pen.ink.px(_LABEL_LEFT), height, CAPTION_STRONG, ink)


def paint_dots(pen: Pen, view: EditsView, plot: Plot, pointed: int | None) -> None:
    """One dot per edit, hollow where undone, large where the design stands; what they did beneath."""
    middle = plot.chart.bottom() + pen.ink.px(DOTS) / 2 + 1
    for index in range(plot.first, plot.last):
        centre = QPointF(plot.x(index), middle)
        current = index == view.current
        token = "accent" if current or index == pointed else "line.edge"
        undone = index > view.current
        pen.painter.setPen(QPen(pen.ink.colour(token), 1.2) if undone else Qt.PenStyle.NoPen)
        pen.painter.setBrush(pen.ink.colour("bg.panel" if undone else token))
        radius = _CURRENT_DOT if current else _DOT + (1 if index == pointed else 0)
        pen.painter.drawEllipse(centre, radius, radius)
    _paint_captions(pen, view, plot, pointed)


def _paint_captions(pen: Pen, view: EditsView, plot: Plot, pointed: int | None) -> None:
    """The first point in sight at the left; at the right the one pointed at, else the one in force."""
    middle = plot.bottom - pen.ink.px(CAPTIONS) / 2
    left, end = plot.chart.left(), plot.chart.right() + 70 * pen.ink.theme.text_scale
    index = view.current if pointed is None else pointed
    end = min(end, pen.painter.window().width() - 16)
    words = caption(view, index)
    if index == 0 and plot.first == 0:
        pen.write(pen.ink.elided(words, CAPTION_STRONG, end - left), left, middle, CAPTION_STRONG, "text.primary")
        return
    room = (end - left) * 0.62
    shown = pen.ink.elided(words, CAPTION_STRONG, room)
    width = pen.ink.width(shown, CAPTION_STRONG)
    right = min(max(plot.x(index) + width / 2, left + width), end)
    first = pen.ink.elided(view.points[plot.first].label, CAPTION, (end - left) - room - 12)
    if right - width > left + pen.ink.width(first, CAPTION) + 12:
        pen.write(first, left, middle, CAPTION, "text.secondary")
    pen.write(shown, right - width, middle, CAPTION_STRONG, "text.primary")


def caption(view: EditsView, index: int) -> str:
    """The name of a step; the one in force says so."""
    point: EditPoint = view.points[index]
    return f"{point.label}, now" if index == view.current else point.label
