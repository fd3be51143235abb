"""AdviceList: what to change first: edits and what each would save, as buttons."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import ElidedLabel
from widgets.inspector.dress import dress
from widgets.inspector.model import AdviceRow, AdviceView

_BUTTON = 56


class AdviceList(QWidget):
    """`requested` carries the row whose button was pressed, `hovered` the one to preview, or None."""

    requested = Signal(object)
    hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().space(3))
        self.note = QLabel()
        self.note.setProperty("type", "dense")
        self.note.setWordWrap(True)
        self._column.addWidget(self.note)

    def set_view(self, view: AdviceView) -> None:
        """Show edits, the most useful first."""
        if self.note.text() != view.note:
            self.note.setText(view.note)
        self.note.setHidden(not view.note)
        while len(self._rows) < len(view.rows):
            row = _Row()
            row.requested.connect(self.requested)
            row.hovered.connect(self.hovered)
            self._rows.append(row)
            self._column.addWidget(row)
        for row, advice in zip(self._rows, view.rows, strict=False):
            row.show_advice(advice)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(view.rows))

    def row(self, place: int) -> "_Row":
        """A row, for tests."""
        return self._rows[place]

    def button(self, place: int) -> QPushButton:
        """The button of a row, for tests and tours."""
        return self._rows[place].button


class _Row(QWidget):
    requested = Signal(object)
    hovered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._advice: AdviceRow | None = None
        self.layer, self.title, self._detail = ElidedLabel(), QLabel(), ElidedLabel()
        self._detail.setProperty("tone", "secondary")
        for label in (self.layer, self.title, self._detail):
            label.setProperty("type", "dense")
        for label in (self.layer, self.title):
            dress(label, "dense", 500)
        self.button = _Button()
        self.button.clicked.connect(lambda: self.requested.emit(self._advice))
        self.button.watched.connect(lambda on: self.hovered.emit(self._advice if on else None))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        heading = QHBoxLayout()
        heading.setSpacing(theme.current().space(2))
        heading.addWidget(self.layer)
        heading.addWidget(self.title)
        heading.addStretch(1)
        texts.addLayout(heading)
        texts.addWidget(self._detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().space(3))
        row.addLayout(texts, 1)
        row.addWidget(self.button)

    def show_advice(self, advice: AdviceRow) -> None:
        """Show one edit."""
        self._advice = advice
        name = f"{advice.layer}:" if advice.layer else ""
        if self.layer.text() != name:
            self.layer.setText(name)
            self.layer.setHidden(not name)
        if self.title.text() != advice.title:
            self.title.setText(advice.title)
        if self._detail.text() != advice.detail:
            self._detail.setText(advice.detail)
        tone = "warning" if advice.risky else "secondary"
        if self._detail.property("tone") != tone:
            self._detail.setProperty("tone", tone)
            self._detail.style().polish(self._detail)
        if self.button.text() != advice.saving:
            self.button.setText(advice.saving)
        whole = f"{name} {advice.title}".strip()
        self.button.setAccessibleName(f"{whole}: saves {advice.saving.lstrip('−')}")
        self.button.setToolTip(f"{whole}. One step; undo takes it back.")


class _Button(QPushButton):
    watched = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "soft")
        dress(self, least_width=_BUTTON)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Preview."""
        super().enterEvent(event)
        self.watched.emit(True)

    def leaveEvent(self, event: QEvent) -> None:
        """End the preview."""
        super().leaveEvent(event)
        self.watched.emit(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Preview for the keyboard too."""
        super().focusInEvent(event)
        self.watched.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End the preview."""
        super().focusOutEvent(event)
        self.watched.emit(False)
