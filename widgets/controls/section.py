"""Section: a heading that folds what lies beneath it, and says at its right where the values come from."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from widgets import theme

_TITLE_LEFT = 14
_GAP = 12


class SectionHeader(QAbstractButton):
    """Chevron, title, and a source text or a widget at the right. `folded_changed` follows clicks and keys."""

    folded_changed = Signal(bool)

    def __init__(self, title: str, source: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folded = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setText(title)
        self.set_source(source)
        self.clicked.connect(self._toggle)
        self._describe()

    @property
    def folded(self) -> bool:
        """Whether the section is closed."""
        return self._folded

    def set_folded(self, folded: bool) -> None:
        """Open or close the section."""
        if folded != self._folded:
            self._folded = folded
            self._describe()
            self.update()
            self.folded_changed.emit(folded)

    def set_source(self, source: str) -> None:
        """Where the values come from: `set on this layer`, `inherited from the design`."""
        self._source = source
        self._describe()
        self.update()

    def add_trailing(self, widget: QWidget) -> None:
        """Put a widget, such as a tier chip, at the right end."""
        self._row.addWidget(widget)

    def sizeHint(self) -> QSize:
        """Title and source side by side."""
        now = theme.current()
        title = QFontMetrics(now.font("section")).horizontalAdvance(self.text())
        source = QFontMetrics(now.font("dense")).horizontalAdvance(self._source)
        trailing = self._row.minimumSize().width()
        return QSize(_TITLE_LEFT + title + _GAP + source + trailing, now.size("button"))

    def minimumSizeHint(self) -> QSize:
        """The title always shows; the source may be elided."""
        title = QFontMetrics(theme.current().font("section")).horizontalAdvance(self.text())
        return QSize(_TITLE_LEFT + title + self._row.minimumSize().width(), theme.current().size("button"))

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the text scale changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw chevron, title and source."""
        now = theme.current()
        painter = QPainter(self)
        side = now.size("icon")
        chevron = "chevron-right" if self._folded else "chevron-down"
        # The glyph fills the middle half of its square: shift it so that it aligns with the content's edge.
        theme.paint_icon(painter, QRectF(-side / 4, round((self.height() - side) / 2), side, side), chevron)
        painter.setFont(now.font("section"))
        painter.setPen(now.color("text.primary" if self.isEnabled() else "text.disabled"))
        title = self._title_rect(now)
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, self.text())
        self._paint_source(painter, now, title.right() + _GAP)

    def _paint_source(self, painter: QPainter, now: theme.Theme, left: int) -> None:
        right = self.width() - self._row.minimumSize().width()
        area = QRect(left, 0, right - left, self.height())
        painter.setFont(now.font("dense"))
        painter.setPen(now.color("text.secondary"))
        shown = painter.fontMetrics().elidedText(self._source, Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)

    def _title_rect(self, now: theme.Theme) -> QRect:
        width = QFontMetrics(now.font("section")).horizontalAdvance(self.text())
        return QRect(round(_TITLE_LEFT * now.text_scale), 0, width + 1, self.height())

    def _toggle(self) -> None:
        self.set_folded(not self._folded)

    def _describe(self) -> None:
        self.setAccessibleName(f"{self.text()}, {self._source}" if self._source else self.text())
        self.setAccessibleDescription("folded" if self._folded else "open")
        self.setToolTip(self._source)


class Section(QWidget):
    """A header and a body that folds away; a hairline above sets it off from the section before."""

    def __init__(self, title: str, source: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = SectionHeader(title, source, self)
        self.content = QWidget(self)
        self.body = QVBoxLayout(self.content)
        """Layout to add the section's widgets to."""
        self.body.setContentsMargins(0, 0, 0, theme.current().space(3))
        self.body.setSpacing(theme.current().space(3))
        column = QVBoxLayout(self)
        pad = theme.current().space(5)
        column.setContentsMargins(pad, theme.current().space(2), pad, theme.current().space(2))
        column.setSpacing(theme.current().space(2))
        column.addWidget(self.header)
        column.addWidget(self.content)
        self.header.folded_changed.connect(self.content.setHidden)

    def set_folded(self, folded: bool) -> None:
        """Open or close."""
        self.header.set_folded(folded)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the hairline."""
        painter = QPainter(self)
        painter.setPen(QPen(theme.current().color("line.subtle"), 1))
        painter.drawLine(0, 0, self.width(), 0)
