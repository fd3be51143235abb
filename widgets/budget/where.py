"""WhereItGoes: what each layer takes of the board, stacked per resource in network order."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from widgets.budget.axis import Axis
from widgets.budget.ink import CAPTION, CAPTION_STRONG, NAME, Pen, begin, ink
from widgets.budget.numbers import grouped
from widgets.budget.segments import Segments, lay_segments
from widgets.budget.where_view import NOWHERE, Stack, WhereView
from widgets.budget.wherepaint import Shown, paint_names, paint_stack
from widgets.budget.words import small_percent

_PAD = 16
_NAME_LEFT = 34
_ROW = 26
_LEAST_ROW = 4
_TOP = 2
_CAPTION = 20
_LIMIT, _ORDER = "100 %", "layers in network order"
_EMPTY = "Layers appear here with the first one."


class WhereItGoes(QWidget):
    """Stacks of layers against the board. `hovered` tells the layer under the pointer ('' for none), `clicked`
    the one chosen by mouse or Enter. Left and right walk the layers, up and down the resources."""

    hovered = Signal(str)
    clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Where it goes")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._view = NOWHERE
        self._stacks: tuple[Stack, ...] = ()
        self._segments: tuple[Segments, ...] = ()
        self._axis = Axis(0, 1, 1)
        self._selected: frozenset[str] = frozenset()
        self._hovered = ""
        self._row = 0

    def set_view(self, view: WhereView) -> None:
        """Show other numbers; a stack that stays as it is is not painted again."""
        frame, before, axis = self._frame(), self._stacks, self._axis
        self._view, self._stacks = view, view.shown_stacks
        self._row = min(self._row, max(len(self._stacks) - 1, 0))
        self._lay()
        self._describe()
        if axis != self._axis or frame != self._frame():
            self.update()
        for row, stack in enumerate(self._stacks):
            if stack not in before:
                self.update(self._zone(row))

    def set_selected(self, names: frozenset[str]) -> None:
        """Show these layers in full colour."""
        if names != self._selected:
            self._selected = names
            self.update()

    def set_hovered(self, name: str) -> None:
        """Highlight a layer that the pointer is on elsewhere; '' for none. Tells nobody."""
        if name != self._hovered:
            self._hovered = name
            self._describe()
            self.update()

    def layer_rect(self, resource: str, layer: str) -> QRectF | None:
        """Where a layer's part of a resource is painted; None where it has no pixel of its own."""
        names = [stack.name for stack in self._stacks]
        row, index = names.index(resource), self._view.layers.index(layer)
        segments = self._segments[row]
        if index not in segments.layers:
            return None
        at = segments.layers.index(index)
        band = self._band(row)
        return QRectF(segments.lefts[at], band.top(), segments.rights[at] - segments.lefts[at], band.height())

    def minimumSizeHint(self) -> QSize:
        """Names and a stack of some width, rows as close as text allows."""
        now = ink()
        rows = max(len(self._stacks), 1) * (now.theme.line("body") + _LEAST_ROW)
        return QSize(now.px(_NAME_LEFT) + round(now.width("BRAM", NAME)) + 140, rows + now.px(_CAPTION) + _TOP)

    def sizeHint(self) -> QSize:
        """As designed."""
        now = ink()
        rows = max(len(self._stacks), 4) * now.px(_ROW)
        return QSize(484, rows + now.px(_CAPTION) + _TOP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the layers their pixels again."""
        self._lay()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self._lay()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the layer under the pointer."""
        self._point(self._layer_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that there is none."""
        self._point("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the layer under the pointer."""
        name = self._layer_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and name:
            self.clicked.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk layers and resources; Enter or Space chooses."""
        steps: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        rows: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = event.key()
        if key in steps:
            self._walk(steps[key])
        elif key in rows:
            self._row = min(max(self._row + rows[key], 0), max(len(self._stacks) - 1, 0))
            self._describe()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._hovered:
            self.clicked.emit(self._hovered)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The highlight goes with the keyboard."""
        super().focusOutEvent(event)
        if not self.underMouse():
            self._point("")

    def event(self, event: QEvent) -> bool:
        """Say what the layer under the pointer takes."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = QPointF(event.pos())
            name = self._layer_at(place)
            QToolTip.showText(event.globalPos(), self._words(name, self._row_at(place.y())) if name else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the stacks, the lines across them, and what is written above both."""
        pen = begin(QPainter(self))
        layers, stacks = self._view.layers, self._stacks
        selected = tuple(index for index, name in enumerate(layers) if name in self._selected)
        shown = Shown(self._view, selected, layers.index(self._hovered) if self._hovered in layers else None)
        for row, stack in enumerate(stacks):
            if event.region().intersects(self._zone(row)):
                paint_stack(pen, shown, stack, self._segments[row], self._band(row), pen.ink.px(_NAME_LEFT))
        middle = self._rows_bottom() + pen.ink.px(_CAPTION) / 2
        if not layers:
            pen.write(_EMPTY, self._axis.left, middle, CAPTION, "text.secondary")
        elif any(stack.limit for stack in stacks):
            self._paint_lines(pen, middle)
        for row, stack in enumerate(stacks):
            if event.region().intersects(self._zone(row)):
                paint_names(pen, shown, stack, self._segments[row], self._band(row))
        pen.painter.end()

    def _paint_lines(self, pen: Pen, captions: float) -> None:
        """Safe share and limit, and their captions on height `captions`."""
        limit, safe = self._axis.at(1.0), self._axis.at(self._view.safe_share) + 0.5
        bottom = self._rows_bottom() + 2
        pen.line(QPointF(safe, 0), QPointF(safe, bottom), "text.secondary", 1.0, (3, 3))
        pen.line(QPointF(limit, 0), QPointF(limit, bottom), "danger", 2.0)
        pen.write_right(_LIMIT, limit - 4, captions, CAPTION_STRONG, "danger")
        room = limit - 12 - pen.ink.width(_LIMIT, CAPTION_STRONG) - self._axis.left
        if pen.ink.width(_ORDER, CAPTION) <= room:
            pen.write(_ORDER, self._axis.left, captions, CAPTION, "text.secondary")

    def _lay(self) -> None:
        now = ink()
        stacks = self._stacks
        names = max((now.width(stack.label, NAME) for stack in stacks), default=0)
        left = round(now.px(_NAME_LEFT) + names + now.px(8))
        self._axis = Axis(left, max(self.width() - _PAD - left, 1), self._view.axis_top)
        self._segments = tuple(lay_segments(stack, self._axis) for stack in stacks)

    def _row_height(self) -> float:
        now = ink()
        room = (self.height() - now.px(_CAPTION) - _TOP) / max(len(self._stacks), 1)
        return min(max(room, now.theme.line("body") + _LEAST_ROW), now.px(_ROW))

    def _rows_bottom(self) -> float:
        return _TOP + int(self._row_height() * len(self._stacks))

    def _band(self, row: int) -> QRectF:
        """Where a stack is painted."""
        height = self._row_height()
        top, gap = _TOP + int(height * row), round(height * 0.3)
        return QRectF(self._axis.left, top + gap // 2, self._axis.width, int(height) - gap)

    def _frame(self) -> tuple[object, ...]:
        """What all stacks share."""
        return self._view.layers, [stack.name for stack in self._stacks], self._view.safe_share

    def _zone(self, row: int) -> QRect:
        """What a stack paints on, its outlines too."""
        top, bottom = (_TOP + int(self._row_height() * end) for end in (row, row + 1))
        return QRect(0, top, self.width(), bottom - top)

    def _row_at(self, y: float) -> int | None:
        row = int((y - _TOP) // self._row_height())
        return row if 0 <= row < len(self._segments) else None

    def _layer_at(self, place: QPointF) -> str:
        row = self._row_at(place.y())
        layer = None if row is None else self._segments[row].layer_at(place.x())
        return "" if layer is None else self._view.layers[layer]

    def _point(self, name: str) -> None:
        if name != self._hovered:
            self.set_hovered(name)
            self.hovered.emit(name)

    def _walk(self, step: int) -> None:
        """The next layer that takes any of the resource the keyboard is on."""
        stacks = self._stacks
        if not stacks:
            return
        amounts = stacks[self._row].amounts
        candidates = [name for name, amount in zip(self._view.layers, amounts, strict=True) if amount > 0]
        if self._hovered in candidates:
            at = min(max(candidates.index(self._hovered) + step, 0), len(candidates) - 1)
        else:
            at = 0 if step > 0 else len(candidates) - 1
        if candidates:
            self._point(candidates[at])

    def _describe(self) -> None:
        self.setAccessibleDescription(self._words(self._hovered, self._row) if self._hovered else "")

    def _words(self, name: str, row: int | None) -> str:
        """`block2_conv2: 128 DSP, 58 % of the board, 50 % of the design`."""
        stacks = self._stacks
        if row is None or name not in self._view.layers or not stacks:
            return name
        stack: Stack = stacks[row]
        amount = stack.amounts[self._view.layers.index(name)]
        parts = [f"{grouped(amount)} {stack.label}"]
        if stack.limit:
            parts.append(f"{small_percent(amount / stack.limit)} of the board")
        if stack.total:
            parts.append(f"{small_percent(amount / stack.total)} of the design")
        return f"{name}: {', '.join(parts)}"
