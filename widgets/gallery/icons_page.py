"""Gallery page of all icons, and of the layer kinds in their colours."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets import theme

_CELL = (92, 60)
_COLUMNS = 12


def icons_page() -> QWidget:
    """A grid of every drawing, then the kinds on their tiles."""
    return _IconGrid()


class _IconGrid(QWidget):
    """Icons at 24 px over their names."""

    def sizeHint(self) -> QSize:
        """As many rows as the names need, and one for the kinds."""
        rows = -(-len(theme.icon_names()) // _COLUMNS) + 1
        return QSize(_CELL[0] * _COLUMNS, _CELL[1] * rows)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the grid."""
        painter = QPainter(self)
        names = theme.icon_names()
        for index, name in enumerate(names):
            token = "accent" if name == "logo" else "text.secondary"
            self._cell(painter, index, name, name, token)
        start = -(-len(names) // _COLUMNS) * _COLUMNS
        now = theme.current()
        for index, kind in enumerate(now.tokens.kinds):
            self._tile(painter, start + index, kind)
            self._cell(painter, start + index, now.kind_icon(kind), kind, f"kind.{kind}", 16)

    def _cell(self, painter: QPainter, index: int, icon: str, words: str, token: str, side: int = 24) -> None:
        area = _area(index)
        square = QRectF(area.center().x() - side / 2, area.top() + 20 - side / 2, side, side)
        theme.paint_icon(painter, square, icon, token)
        painter.setFont(theme.current().font("caption"))
        painter.setPen(theme.current().color("text.secondary"))
        painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, words)

    def _tile(self, painter: QPainter, index: int, kind: str) -> None:
        area = _area(index)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color(f"tile.{kind}"))
        painter.drawRoundedRect(QRectF(area.center().x() - 12, area.top() + 8, 24, 24), 4, 4)


def _area(index: int) -> QRectF:
    width, height = _CELL
    return QRectF(index % _COLUMNS * width, index // _COLUMNS * height, width, height - 6)
