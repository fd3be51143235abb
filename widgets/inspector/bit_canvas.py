"""BitCanvas: a type as bits under the numbers it stores, with a handle at either end."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QHelpEvent, QHideEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.precision import FixedType
from engine.ranges.histogram import Histogram
from widgets import theme
from widgets.inspector.bit_handle import BitHandle
from widgets.inspector.bit_paint import BitPicture, caption_height, cell_height, cell_top, chart_height, paint_bits
from widgets.inspector.bits import BitScale, BitWindow, grown_left, grown_right, keep_or_choose, low_bit, top_bit
from widgets.inspector.drawn import Drawn, scaled, speak
from widgets.inspector.gesture import Gesture
from widgets.inspector.words import percent, plural, power


class BitCanvas(Drawn):
    """Shows one type; `type_changed` tells what a drag or key makes of it. Changes are grouped by `gesture`."""

    type_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gesture = Gesture(self)
        self._type = FixedType(16, 6)
        self._start: FixedType | None = None
        self._window: BitWindow | None = None
        self._subject: object = None
        self._shown: tuple[Histogram | None, str, bool, str] = (None, "accent", False, "")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.integer_handle = BitHandle("Integer bits", -1, self)
        self.fraction_handle = BitHandle("Fraction bits", 1, self)
        for handle in (self.integer_handle, self.fraction_handle):
            self._connect(handle)

    @property
    def _histogram(self) -> Histogram | None:
        return self._shown[0]

    @property
    def type(self) -> FixedType:
        """The type shown."""
        return self._type

    def show_type(
        self,
        type_: FixedType,
        histogram: Histogram | None,
        color_token: str,
        subject: object = None,
        automatic: bool = False,
        empty_text: str = "",
    ) -> None:
        """Show a type and the numbers stored in it. Another `subject` chooses the columns anew."""
        if subject != self._subject:
            self.let_go()
            self._subject, self._window = subject, None
        shown = (histogram, color_token, automatic, empty_text)
        if shown != self._shown or self._window is None:
            self.update()
        elif type_ == self._type:
            return
        self._shown = shown
        self._place(type_)

    def let_go(self) -> None:
        """Keep what a running drag has changed so far, and end it."""
        for handle in (self.integer_handle, self.fraction_handle):
            if handle.dragging:
                handle.let_go()
        self._finish()

    def scale(self) -> BitScale:
        """Where the columns lie at the present width."""
        window = self._window or keep_or_choose(None, self._type, self._histogram)
        return BitScale(window, self.width(), max(24.0, scaled(24)))

    def sizeHint(self) -> QSize:
        """Histogram, cells and exponents."""
        return QSize(scaled(13 * 24), cell_top() + cell_height() + 2 + theme.current().line("caption"))

    def minimumSizeHint(self) -> QSize:
        """Columns get narrower, as far as they can be told apart."""
        return QSize(scaled(200), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw everything but the handles."""
        top = cell_top() + cell_height() + 2
        labels = QRectF(0, top, self.width(), self.height() - top)
        # An error in a painting that is not ended would take the whole program down.
        with QPainter(self) as painter:
            paint_bits(painter, self._picture(), labels, event.region())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the handles on the ends."""
        super().resizeEvent(event)
        self._place_handles()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is out of sight is no longer dragged."""
        super().hideEvent(event)
        self.let_go()

    def event(self, event: QEvent) -> bool:
        """Explain the column under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._explain(event.pos().x()), self)
            return True
        return super().event(event)

    def _connect(self, handle: BitHandle) -> None:
        handle.taken.connect(self._take)
        handle.dragged.connect(lambda pixels: self._drag(handle, pixels))
        handle.stepped.connect(lambda bits: self._step(handle, bits))
        handle.released.connect(self._finish)
        handle.escaped.connect(self._cancel)

    def _take(self) -> None:
        self._start = self._type

    def _drag(self, handle: BitHandle, pixels: float) -> None:
        if self._start is not None:
            moved = self.scale().bits(pixels)
            self._change(self._grown(handle, self._start, -moved if self._is_left(handle) else moved), handle)

    def _step(self, handle: BitHandle, bits: int) -> None:
        if self._start is None:
            self._start = self._type
        self._change(self._grown(handle, self._type, bits), handle)

    def _grown(self, handle: BitHandle, type_: FixedType, bits: int) -> FixedType:
        return grown_left(type_, bits) if self._is_left(handle) else grown_right(type_, bits)

    def _is_left(self, handle: BitHandle) -> bool:
        return handle is self.integer_handle

    def _change(self, type_: FixedType, handle: BitHandle) -> None:
        if type_ == self._type:
            return
        self.gesture.begin()
        self._place(type_)
        if self._window is not None:
            self._show_window(self._window.follow(type_, self._is_left(handle)))
            self._place_handles()
        self.type_changed.emit(type_)

    def _finish(self) -> None:
        self._start = None
        if self.gesture.running:
            self.gesture.finish()
            self._place(self._type)

    def _cancel(self) -> None:
        start, self._start = self._start, None
        if self.gesture.running and start is not None:
            self._place(start)
            self.gesture.cancel()

    def _place(self, type_: FixedType) -> None:
        before, self._type = self._type, type_
        if not self.gesture.running or self._window is None:
            self._show_window(keep_or_choose(self._window, type_, self._histogram))
        self.integer_handle.show_bits(type_.integer)
        self.fraction_handle.show_bits(type_.fraction)
        speak(self, "Bits", self._summary())
        self._place_handles()
        self._update_since(before)

    def _show_window(self, window: BitWindow) -> None:
        if window != self._window:
            self._window = window
            self.update()

    def _update_since(self, before: FixedType) -> None:
        """Paint again what an earlier type looks different in: the captions, and the columns that an end passed."""
        modes = before.signed, before.rounding
        if self._histogram is None or modes != (self._type.signed, self._type.rounding):
            self.update()
            return
        scale = self.scale()
        self.update(QRect(0, 0, self.width(), caption_height()))
        for end in (top_bit, low_bit):
            lowest, highest = sorted((end(before), end(self._type)))
            if lowest != highest:
                left, right = scale.x(highest + 2), scale.x(lowest - 3)
                self.update(QRectF(left, 0, right - left, cell_top() + cell_height() + 2).toAlignedRect())

    def _place_handles(self) -> None:
        scale = self.scale()
        ends = ((self.integer_handle, top_bit(self._type)), (self.fraction_handle, low_bit(self._type) - 1))
        for handle, exponent in ends:
            x = min(max(scale.x(exponent), scale.left), scale.right)
            handle.move(round(x - handle.width() / 2), round(chart_height() / 2 - handle.height() / 2))

    def _picture(self) -> BitPicture:
        histogram, color_token, automatic, empty_text = self._shown
        return BitPicture(self._type, histogram, color_token, self.scale(), automatic, empty_text)

    def _summary(self) -> str:
        type_, parts = self._type, [plural(self._type.width, "bit")]
        parts.append(f"{plural(type_.integer, 'integer bit')} and {plural(type_.fraction, 'fraction bit')}")
        if self._histogram is not None:
            parts.append(f"{self._histogram.unused(type_)} unused")
            parts.append(f"{percent(self._histogram.share_lost(type_))} lost")
            parts.append(f"{percent(self._histogram.share_beyond(type_))} too large")
        return ", ".join(parts)

    def _explain(self, x: float) -> str:
        exponent = self.scale().exponent_at(x)
        text = f"Bit {power(exponent)}: magnitudes from {power(exponent)} to {power(exponent + 1)}"
        if self._histogram is None or not self._histogram.total:
            return text
        count = self._histogram.at(exponent)
        return f"{text}<br>{count:,} of {self._histogram.total:,} ({percent(count / self._histogram.total)})"
