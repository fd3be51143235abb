"""BuiltList: what the converter builds for the selection, linked to the layers it comes from."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QVBoxLayout, QWidget

from widgets import theme
from widgets.inspector.drawn import RIGHT, draw_text, elided, text_width
from widgets.inspector.model import BuiltRow, BuiltView

MOST_ROWS = 12
_GAP = 6


class BuiltList(QWidget):
    """`layer_requested` tells the layer whose row was pressed, `layer_hovered` the one under the mouse, or ''."""

    layer_requested = Signal(str)
    layer_hovered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._more = QLabel()
        self._more.setProperty("type", "dense")
        self._more.setProperty("tone", "secondary")
        self._column.addWidget(self._more)

    def set_view(self, view: BuiltView) -> None:
        """Show what is built, as far as a list can be read."""
        shown = view.rows[:MOST_ROWS]
        while len(self._rows) < len(shown):
            row = _Row()
            row.clicked.connect(lambda _checked=False, row=row: self.layer_requested.emit(row.layer))
            row.hovered.connect(self.layer_hovered)
            self._column.insertWidget(len(self._rows), row)
            self._rows.append(row)
        for row, built in zip(self._rows, shown, strict=False):
            row.show_built(built)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(shown))
        rest = len(view.rows) - len(shown)
        self._more.setText(f"and {rest:,} more")
        self._more.setVisible(rest > 0)


class _Row(QAbstractButton):
    hovered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._built = BuiltRow("", "")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def layer(self) -> str:
        """The user's layer that the row leads to."""
        return self._built.layer

    def show_built(self, built: BuiltRow) -> None:
        """Show one layer of the converter's."""
        if built == self._built:
            return
        self._built = built
        self.setText(built.name)

        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if built.layer else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if built.layer else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(f"{built.name}, {built.note}")
        self.setToolTip(f"{built.name}, {built.note}" + (f"; from {built.layer}" if built.layer else ""))
        self.update()

    def sizeHint(self) -> QSize:
        """A row."""
        return QSize(160, theme.current().size("row"))

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the text scale changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light the layer up elsewhere."""
        super().enterEvent(event)
        self.hovered.emit(self._built.layer)

    def leaveEvent(self, event: QEvent) -> None:
        """And no longer."""
        super().leaveEvent(event)
        self.hovered.emit("")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon, name and note."""
        now, built = theme.current(), self._built
        painter = QPainter(self)
        if self.underMouse() and built.layer:
            painter.fillRect(self.rect(), now.color("bg.hover"))
        side, height = now.size("icon"), self.height()
        icon = theme.kind_icon_name(built.group, *built.kinds) if built.group else "link"
        token = f"kind.{built.group}" if built.group else "text.secondary"
        theme.paint_icon(painter, QRectF(0, round((height - side) / 2), side, side), icon, token)
        plain, font = now.font("dense"), now.font("dense", 600 if built.own else 400)
        area = QRectF(side + _GAP, 0, self.width() - side - _GAP, height)
        draw_text(painter, area, built.note, plain, "text.secondary", RIGHT)
        area.setWidth(area.width() - text_width(built.note, plain) - 2 * _GAP)
        ink = "text.primary" if built.own else "text.secondary"
        draw_text(painter, area, elided(built.name, font, area.width()), font, ink)
