"""VerdictLine: what the numbers come to, in one sentence, and the step it leads to."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from widgets import theme
from widgets.budget.ink import DENSE, Ink, Type, begin, ink
from widgets.budget.view import Remark, Verdict
from widgets.controls.painted_label import PaintedLabel

_FACT = Type("dense", 600)
_ICONS = {"danger": "over", "warning": "warning", "ok": "check-circle", "info": "info"}
_ICON = 16
_GAP = 8
_LEAST_NAME = 40


class VerdictText(PaintedLabel):
    """Icon, fact, cause; on two lines where one is too short."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._verdict: Verdict | None = None
        self._remark = Remark("", "")

    def show_verdict(self, verdict: Verdict | None, remark: Remark) -> None:
        """Say something else."""
        if (verdict, remark) != (self._verdict, self._remark):
            two = self.needs_two_lines(self.width())
            self._verdict, self._remark = verdict, remark
            # Not the label's text: a label that says something new has the whole window laid out, in each event.
            said = f"{verdict.fact} {remark.text}".strip() if verdict else ""
            self.setAccessibleName(said)
            self.setToolTip(said)
            self.update()
            if two != self.needs_two_lines(self.width()):
                self.updateGeometry()

    def sizeHint(self) -> QSize:
        """One line as long as the sentence."""
        now = ink()
        fact = now.width(self._verdict.fact, _FACT) if self._verdict else 0
        width = self._text_left(now) + fact + now.px(6) + now.width(self._remark.text, DENSE)
        return QSize(round(width) + 1, self._line(now))

    def needs_two_lines(self, width: float) -> bool:
        """Whether the sentence needs a second line in `width` px, even with its layer's name cut."""
        if self._verdict is None or not self._remark.text:
            return False
        now = ink()
        layer = now.width(self._remark.layer, DENSE)
        spare = max(layer - now.px(_LEAST_NAME), 0)
        return self.sizeHint().width() - spare > width

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sentence."""
        if self._verdict is None:
            return
        pen = begin(QPainter(self))
        now, tone = pen.ink, self._verdict.tone
        left, side = self._text_left(now), now.px(_ICON)
        two = self.needs_two_lines(self.width()) and self.height() >= 2 * now.theme.line("dense")
        first = self.height() / 4 if two else self.height() / 2
        theme.paint_icon(pen.painter, QRectF(0, round(first - side / 2), side, side), _ICONS[tone], tone)
        token = "text.primary" if tone in ("ok", "info") else tone
        fact = now.metrics(_FACT).elidedText(self._verdict.fact, Qt.TextElideMode.ElideRight, self.width() - left)
        pen.write(fact, left, first, _FACT, token)
        start = left if two else left + now.width(fact, _FACT) + now.px(6)
        remark = self._fitted(now, self.width() - start)
        pen.write(remark, start, self.height() * 0.75 if two else first, DENSE, "text.secondary")
        pen.painter.end()

    def _fitted(self, now: Ink, room: float) -> str:
        """The remark with its layer's name cut to the room there is."""
        words = f" {self._remark.words}" if self._remark.layer else self._remark.words
        layer = now.elided(self._remark.layer, DENSE, room - now.width(words, DENSE))
        said = (layer + words).strip()
        return now.metrics(DENSE).elidedText(said, Qt.TextElideMode.ElideRight, max(room, 0))

    def _text_left(self, now: Ink) -> int:
        return now.px(_ICON + _GAP)

    def _line(self, now: Ink) -> int:
        return now.theme.line("dense")


class VerdictLine(QWidget):
    """The sentence with a link to what to change first, or a button that mends it at once."""

    suggestions_requested = Signal()
    fix_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = VerdictText(self)
        self.link = QPushButton("What to change first", self)
        self.link.setProperty("role", "link")
        self.link.clicked.connect(self.suggestions_requested)
        self.fix = QPushButton(self)
        self.fix.setProperty("role", "soft")
        self.fix.clicked.connect(self.fix_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self.text, 1)
        row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.fix, 0, Qt.AlignmentFlag.AlignVCenter)
        self._verdict: Verdict | None = None
        self._offers_fix = False
        self.show_verdict(None)

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Say something else; None says nothing."""
        self._verdict = verdict
        mends = self._offers_fix and verdict is not None and bool(verdict.fix)
        if verdict is not None and mends and self.fix.text() != verdict.fix:
            self.fix.setText(verdict.fix)
        _show(self.fix, mends)
        _show(self.link, verdict is not None and not mends)
        remark = Remark("", "") if verdict is None else verdict.remedy if mends else verdict.cause
        self.text.show_verdict(verdict, remark)

    def offer_fix(self, offered: bool) -> None:
        """Show the button instead of the link where the verdict has one."""
        if offered != self._offers_fix:
            self._offers_fix = offered
            self.show_verdict(self._verdict)

    def least_height(self) -> int:
        """One line, and the button."""
        return max(ink().theme.line("dense") + 2, self._button().sizeHint().height())

    def fit(self, width: int, height: int) -> int:
        """Use a second line where `width` px call for it and `height` px allow it; the height that is used."""
        line = ink().theme.line("dense")
        room = width - self._button().sizeHint().width() - _GAP
        two = self.text.needs_two_lines(room) and height >= 2 * line + 2
        self.text.setFixedHeight((2 if two else 1) * line + 2)
        return max(self.text.height(), self.least_height())

    def _button(self) -> QPushButton:
        return self.link if self.fix.isHidden() else self.fix


def _show(widget: QWidget, shown: bool) -> None:
    if widget.isHidden() == shown:
        widget.setVisible(shown)
