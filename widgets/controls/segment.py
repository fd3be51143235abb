"""One segment of a SegmentedControl."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QToolTip, QWidget

from widgets import theme

_PAD = 12


class SegmentButton(QRadioButton):
    """A radio button drawn as a segment. One that is off keeps its focus, to tell the reason."""

    def __init__(self, label: str, tooltip: str, parent: QWidget) -> None:
        super().__init__(label, parent)
        self.reason = ""
        self._tooltip = tooltip
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(tooltip)
        self.setAccessibleName(label)

    def set_off(self, reason: str) -> None:
        """Refuse to be chosen, and say why; '' allows it again."""
        self.reason = reason
        text = f"Off: {reason}" if reason else self._tooltip
        self.setToolTip(text)
        self.setAccessibleDescription(text)
        self.update()

    def set_count(self, count: int) -> None:
        """Of a mixed selection, how many have this value; 0 for none."""
        self._count = count
        self.setAccessibleName(f"{self.text()}, {count} selected" if count else self.text())
        self.updateGeometry()
        self.update()

    def choose(self, chosen: bool) -> None:
        """Set the check mark; unlike a bare radio button, all of a group may be unchecked."""
        self.setAutoExclusive(chosen)
        self.setChecked(chosen)
        self.setAutoExclusive(True)

    def show_reason(self) -> None:
        """Open the tool tip beneath the segment."""
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), self.toolTip(), self)

    def nextCheckState(self) -> None:  # noqa: N802 (Qt's name)
        """A click on a segment that is off changes nothing."""
        if not self.reason:
            super().nextCheckState()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole segment is the target."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the control."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the text scale changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Wide enough for the label in its heaviest weight, so that choosing moves nothing."""
        width = QFontMetrics(theme.current().font("body", 600)).horizontalAdvance(self.text()) + 2 * _PAD
        if self._count:
            width += self._count_width() + _PAD // 2
        return QSize(width, theme.current().size("control"))

    def minimumSizeHint(self) -> QSize:
        """Labels are never cut."""
        spare = _PAD
        return QSize(self.sizeHint().width() - spare, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, label and underline."""
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, now)
        painter.setFont(now.font("body", 600 if self.isChecked() else 500))
        painter.setPen(now.color(self._ink()))
        text = self.rect()
        if self._count:
            text.setRight(text.right() - self._count_width() - _PAD // 2)
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._count:
            self._paint_count(painter, now)

    def _ink(self) -> str:
        if self.reason or not self.isEnabled():
            return "text.disabled"
        return "text.primary" if self.isChecked() or self.underMouse() else "text.secondary"

    def _paint_ground(self, painter: QPainter, now: theme.Theme) -> None:
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = now.radius("control")
        if self.isChecked():
            painter.setPen(QPen(now.color("line.control"), 1))
            painter.setBrush(now.color("bg.node"))
            painter.drawRoundedRect(frame, radius, radius)
            painter.fillRect(QRectF(radius, self.height() - 3, self.width() - 2 * radius, 2), now.color("accent"))
        elif self._count:
            pen = QPen(now.color("line.control"), 1)
            pen.setDashPattern([3, 3])
            painter.setPen(pen)
            painter.setBrush(now.color("bg.panel"))
            painter.drawRoundedRect(frame.adjusted(1, 0, -1, 0), radius, radius)
        elif self.underMouse() and not self.reason and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color("bg.hover"))
            painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), radius - 1, radius - 1)

    def _paint_count(self, painter: QPainter, now: theme.Theme) -> None:
        painter.setFont(_count_font())
        painter.setPen(now.color("text.secondary"))
        area = self.rect().adjusted(0, 0, -_PAD // 2, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(self._count))

    def _count_width(self) -> int:
        return QFontMetrics(_count_font()).horizontalAdvance(str(self._count))


def _count_font() -> QFont:
    return theme.current().font("caption", 500)
