"""The layer palette: kinds of layers to drag onto the canvas, or to add by a click."""

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from engine.network import KINDS
from engine.network.variants import variants
from widgets import theme
from widgets.controls import PanelHeader, SearchField

MIME = "application/x-codesign-layer"
COMMON = (
    "conv2d",
    "depthwise_conv2d",
    "dense",
    "gru",
    "activation",
    "softmax",
    "batch_norm",
    "pool2d",
    "merge",
    "flatten",
)
"""Shown before `More` is pressed: what most networks are made of."""


_SHORT = {"depthwise_conv2d": "Depthwise", "gru": "GRU"}
"""Labels for a narrow column, where the kind's own is too long."""


class LayerPalette(QWidget):
    """Two columns of buttons. `chosen` carries a kind's id."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.header = PanelHeader("Add layer")
        self.search = SearchField("Filter layers", "A")
        self._more = QPushButton(f"More: {len(KINDS) - len(COMMON)} kinds")
        self._more.setProperty("role", "link")
        self._more.clicked.connect(self._show_all)
        self._all = False
        self._buttons = {kind: self._button(kind) for kind in _ordered()}
        self._grid_host = QWidget()
        self._grid = QGridLayout(self._grid_host)
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._choose_first)
        self._filter("")

    def _lay_out(self) -> None:
        pad = theme.current().space(4)
        self._grid.setContentsMargins(pad, 0, pad, 0)
        self._grid.setSpacing(theme.current().space(3))
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._grid_host)
        top = QVBoxLayout()
        top.setContentsMargins(pad, 0, pad, theme.current().space(3))
        top.addWidget(self.search)
        foot = QVBoxLayout()
        foot.setContentsMargins(pad, theme.current().space(2), pad, theme.current().space(3))
        foot.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(top)
        column.addWidget(area, 1)
        column.addLayout(foot)

    def _button(self, kind: str) -> "_KindButton":
        button = _KindButton(kind)
        button.clicked.connect(lambda: self.chosen.emit(kind))
        return button

    def _show_all(self) -> None:
        self._all = not self._all
        self._filter(self.search.text())

    def _filter(self, text: str) -> None:
        shown = [kind for kind in self._buttons if self._matches(kind, text.strip().lower())]
        for button in self._buttons.values():
            self._grid.removeWidget(button)
            button.hide()
        for place, kind in enumerate(shown):
            self._grid.addWidget(self._buttons[kind], place // 2, place % 2)
            self._buttons[kind].show()
        self._grid.setRowStretch((len(shown) + 1) // 2, 1)
        self._more.setText("Fewer" if self._all else f"More: {len(KINDS) - 1 - len(COMMON)} kinds")
        self._more.setVisible(not text)

    def _matches(self, kind: str, text: str) -> bool:
        if not text:
            return self._all or kind in COMMON
        return text in kind.replace("_", " ") or text in KINDS[kind].LABEL.lower() or text in _functions(kind)

    def _choose_first(self) -> None:
        first = next((kind for kind in self._buttons if self._matches(kind, self.search.text().lower())), None)
        if first and self.search.text():
            self.chosen.emit(first)


def _functions(kind: str) -> str:
    """What else a kind is looked for by: an activation by its functions."""
    return " ".join(op.subtitle().lower() for variant, op in variants().items() if variant.startswith(f"{kind}/"))


class _KindButton(QPushButton):
    """A kind's icon and name; can be dragged."""

    def __init__(self, kind: str) -> None:
        super().__init__(_SHORT.get(kind, KINDS[kind].LABEL))
        self._kind = kind
        self._pressed_at = QPoint()
        self.setIcon(theme.kind_icon(KINDS[kind].GROUP, kind))
        self.setIconSize(QSize(16, 16))
        # Two columns share the dock's width whatever the labels say.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "palette")
        self.setToolTip(f"<b>{KINDS[kind].LABEL}</b><br>{KINDS[kind].HELP}")
        self.setObjectName(f"palette.{kind}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may begin."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin a drag once the mouse has moved far enough."""
        moved = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if not event.buttons() & Qt.MouseButton.LeftButton or moved < QApplication.startDragDistance():
            return
        data = QMimeData()
        data.setData(MIME, QByteArray(self._kind.encode()))
        data.setText(self._kind)
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(self.grab())
        self.setDown(False)
        drag.exec(Qt.DropAction.CopyAction)


def _ordered() -> list[str]:
    rest = [kind for kind in KINDS if kind not in COMMON and kind != "input"]
    return [*COMMON, *rest, "input"]
