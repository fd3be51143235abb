"""CaptionCombo: a combo box that carries its own caption, such as `Board  PYNQ-Z2`."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from widgets import theme

_PAD = 8
_GAP = 8
_ARROW = 28


class CaptionCombo(QComboBox):
    """Caption in secondary text, value in medium weight; an optional icon before both.

    `show_caption(False)` drops the caption where room is short; the spoken name keeps it.
    """

    def __init__(self, caption: str, icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = caption
        self._icon_name = icon_name
        self._captioned = True
        self.setAccessibleName(caption)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.currentIndexChanged.connect(self.updateGeometry)

    def show_caption(self, shown: bool) -> None:
        """Show or drop the caption."""
        self._captioned = shown
        self.setToolTip("" if shown else self._caption)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for the longest value."""
        longest = max((self._value_width(self.itemText(row)) for row in range(self.count())), default=0)
        return QSize(self._left() + longest + _arrow(), theme.current().size("control"))

    def minimumSizeHint(self) -> QSize:
        """The value shown may lose its middle, not the control its arrow."""
        return QSize(self._left() + self._value_width("0000") + _arrow(), theme.current().size("control"))

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the text scale changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame as any combo box, then icon, caption and value."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = ""
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        self._paint_content(painter, theme.current())

    def _paint_content(self, painter: QPainter, now: theme.Theme) -> None:
        off = "" if self.isEnabled() else "text.disabled"
        side = now.size("icon")
        if self._icon_name:
            square = QRectF(_PAD, round((self.height() - side) / 2), side, side)
            theme.paint_icon(painter, square, self._icon_name, off or "text.secondary")
        left = self._icon_room()
        if self._captioned and self._caption:
            painter.setFont(now.font("body"))
            painter.setPen(now.color(off or "text.secondary"))
            painter.drawText(QRect(left, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, self._caption)
        area = QRect(self._left(), 0, self.width() - self._left() - _arrow() + 4, self.height())
        painter.setFont(now.font("body", 500))
        painter.setPen(now.color(off or "text.primary"))
        shown = painter.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)

    def _icon_room(self) -> int:
        return _PAD + theme.current().size("icon") + _GAP if self._icon_name else _PAD + 2

    def _left(self) -> int:
        """Where the value begins."""
        if not self._captioned or not self._caption:
            return self._icon_room()
        width = QFontMetrics(theme.current().font("body")).horizontalAdvance(self._caption)
        return self._icon_room() + width + _GAP

    def _value_width(self, text: str) -> int:
        return QFontMetrics(theme.current().font("body", 500)).horizontalAdvance(text) + 1


def _arrow() -> int:
    return round(_ARROW * theme.current().text_scale)
