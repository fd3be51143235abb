"""InspectorHeader: what is selected: an icon, a name, a line beneath, and a menu."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import ElidedLabel
from widgets.inspector.drawn import Drawn, scaled
from widgets.inspector.model import HeaderView
from widgets.inspector.type_tools import tool_button

_HEIGHT = 56
_TILE = 32


class InspectorHeader(QWidget):
    """56 px high; `menu_requested` carries the place where a menu may open, in global coordinates."""

    menu_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        now = theme.current()
        self._tile = _Tile()
        self.title, self.subtitle = ElidedLabel(), ElidedLabel()
        self.title.setProperty("type", "title")
        self.subtitle.setProperty("type", "dense")
        self.subtitle.setProperty("tone", "secondary")
        self.more = tool_button("more", "More for this selection")
        self.more.clicked.connect(lambda: self.menu_requested.emit(self._corner()))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.title)
        texts.addWidget(self.subtitle)
        row = QHBoxLayout(self)
        row.setContentsMargins(now.space(5), now.space(3), now.space(3), now.space(3))
        row.setSpacing(now.space(4))
        row.addWidget(self._tile)
        row.addLayout(texts, 1)
        row.addWidget(self.more)
        self._fit()

    def set_view(self, view: HeaderView, with_menu: bool) -> None:
        """Show what is selected."""
        for label, text in ((self.title, view.title), (self.subtitle, view.subtitle)):
            if label.text() != text:
                label.setText(text)
        self._tile.show_icon(view)
        self.more.setVisible(with_menu)
        self.setAccessibleName(f"{view.title}, {view.subtitle}")

    def sizeHint(self) -> QSize:
        """As high as it will be: a dock places its content by the title bar's hint and overlooks its minimum."""
        return super().sizeHint().expandedTo(QSize(0, scaled(_HEIGHT)))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the hairline beneath."""
        painter = QPainter(self)
        painter.setPen(QPen(theme.current().color("line.subtle"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _fit(self) -> None:
        self.setMinimumHeight(scaled(_HEIGHT))

    def _corner(self) -> object:
        return self.more.mapToGlobal(self.more.rect().bottomLeft())


class _Tile(Drawn):
    """The icon of a layer kind on its own tint, or another on the accent's."""

    def __init__(self) -> None:
        super().__init__()
        self._view = HeaderView("")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_icon(self, view: HeaderView) -> None:
        """Change the icon; none for an input, which needs none."""
        if (view.group, view.kinds, view.icon) == (self._view.group, self._view.kinds, self._view.icon):
            return
        self._view = view
        self.setVisible(bool(view.group or view.icon))
        self.update()

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        return QSize(scaled(_TILE), scaled(_TILE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and icon."""
        now, view = theme.current(), self._view
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color(f"tile.{view.group}" if view.group else "accent.soft"))
        painter.drawRoundedRect(QRectF(self.rect()), now.radius("control"), now.radius("control"))
        side = now.size("icon")
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        if view.group:
            theme.paint_icon(painter, place, theme.kind_icon_name(view.group, *view.kinds), f"kind.{view.group}")
        elif view.icon:
            theme.paint_icon(painter, place, view.icon, "accent")
