"""LayerTraces: an emulation layer by layer: accuracy on top, where it first goes wrong, and the table."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import Chip, ElidedLabel, EmptyState, IconLabel, PanelHeader
from widgets.controls.notice import NOTICE_ICONS
from widgets.traces.table import TraceTable
from widgets.traces.view import NO_TRACES, TracesView

_BESIDE_FROM = 820
"""Width from which headline and verdict stand side by side."""


class LayerTraces(QWidget):
    """`selected` carries the layers chosen, `hovered` the one under the pointer or None, `go_to` one to be shown."""

    selected = Signal(tuple)
    hovered = Signal(object)
    go_to = Signal(str)
    copied = Signal()
    """After the table went to the clipboard."""

    def __init__(self) -> None:
        super().__init__()
        self.header = PanelHeader("Layer by layer")
        self.table = TraceTable()
        self.go, self.copy = QPushButton(), QPushButton("Copy")
        self._view = NO_TRACES
        self._age = Chip("", "stale")
        self._headline = ElidedLabel("", Qt.TextElideMode.ElideRight)
        self._icon = IconLabel(NOTICE_ICONS["info"], "")
        self._verdict = ElidedLabel("", Qt.TextElideMode.ElideRight)
        self._empty = EmptyState("layers", "No comparison yet", NO_TRACES.reason)
        self._body = QWidget()
        self._lay_out()
        self.setFocusProxy(self.table)
        self.setProperty("term", "relative_difference")
        self._connect()
        self.set_view(NO_TRACES)

    @property
    def view(self) -> TracesView:
        """What is shown."""
        return self._view

    def set_view(self, view: TracesView) -> None:
        """Show an emulation, or why there is none."""
        self._view = view
        self.header.set_detail(view.title)
        self._headline.setText(view.headline)
        self._headline.setToolTip(f"{view.title}. {view.headline}")
        self._age.setText(view.age)
        self._age.setVisible(bool(view.age))
        self._verdict.setText(view.verdict)
        self._icon.set_icon(NOTICE_ICONS[view.tone], view.tone)
        self.go.setText(f"Go to {view.first}")
        self.go.setVisible(bool(view.first))
        self._empty.set_sentence(view.reason)
        self._empty.setVisible(not view.rows)
        self._body.setVisible(bool(view.rows))
        self.table.set_view(view)
        self.setAccessibleDescription(f"{view.headline} {view.age} {view.verdict}".strip())

    def set_selection(self, ids: Iterable[str]) -> None:
        """Select layers without saying so."""
        self.table.set_selection(ids)

    def set_hovered(self, name: str) -> None:
        """Highlight a layer that the pointer is on elsewhere."""
        self.table.set_hovered(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Headline and verdict side by side where there is room."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE_FROM * theme.current().text_scale
        self._words.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom,
        )

    def _connect(self) -> None:
        self.table.selected.connect(self.selected)
        self.table.hovered.connect(self.hovered)
        self.table.activated_layer.connect(self.go_to)
        self.table.copier.copied.connect(self.copied)
        self.copy.clicked.connect(self.table.copier.copy)
        self.go.clicked.connect(lambda: self.go_to.emit(self._view.first))

    def _lay_out(self) -> None:
        now = theme.current()
        for label in (self._headline, self._verdict):
            label.setProperty("type", "dense")
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._headline.setProperty("weight", "600")
        for button in (self.go, self.copy):
            button.setProperty("role", "link")
        self.copy.setToolTip("Copy the table as text (Ctrl+C in the table).")
        self._words = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._words.setSpacing(now.space(2))
        self._words.addWidget(self._headline, 2)
        verdict = QHBoxLayout()
        verdict.setSpacing(0)
        verdict.addWidget(self._icon)
        verdict.addWidget(self._verdict, 1)
        verdict.addWidget(self.go)
        self._words.addLayout(verdict, 3)
        top = QHBoxLayout()
        top.setContentsMargins(now.space(5), now.space(2), now.space(3), now.space(2))
        top.setSpacing(now.space(3))
        top.addWidget(self._age)
        top.addLayout(self._words, 1)
        top.addWidget(self.copy)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(top)
        table = QHBoxLayout()
        table.setContentsMargins(now.space(3), 0, 0, 0)
        table.addWidget(self.table)
        body.addLayout(table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self._body, self._empty):
            column.addWidget(widget)
