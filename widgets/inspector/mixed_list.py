"""MixedList: the values that a mixed selection has, how many layers have each, and a way to give one to all."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.precision import Precision
from widgets import theme
from widgets.controls import ElidedLabel
from widgets.inspector.drawn import Drawn, scaled
from widgets.inspector.dress import dress
from widgets.inspector.model import Tally
from widgets.inspector.words import plural

MOST_ROWS = 6
_BAR = 6
_LONGEST = 136
"""What the narrowest inspector has room for, beside the count and the button."""


class MixedList(QWidget):
    """One row for each type, the most frequent first; `chosen` tells the type that all shall have."""

    chosen = Signal(object)

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

    def set_types(self, types: tuple[Tally[Precision], ...]) -> None:
        """Show types with the number of layers that have each."""
        total = sum(each.layers for each in types)
        shown = types[:MOST_ROWS]
        while len(self._rows) < len(shown):
            row = _Row()
            row.chosen.connect(self.chosen)
            self._column.insertWidget(len(self._rows), row)
            self._rows.append(row)
        for row, each in zip(self._rows, shown, strict=False):
            row.show_tally(each, total)
        longest = max((row.name.sizeHint().width() for row in self._rows[: len(shown)]), default=0)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(shown))
            row.name.setFixedWidth(min(longest, scaled(_LONGEST)))
        rest = types[MOST_ROWS:]
        self._more.setText(f"and {plural(len(rest), 'more type')} in {plural(sum(t.layers for t in rest), 'layer')}")
        self._more.setVisible(bool(rest))


class _Row(QWidget):
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._tally: Tally[Precision] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().space(3))
        self.name = ElidedLabel()
        dress(self.name, "mono")
        self._bar = _Bar()
        self._count = QLabel()
        self._count.setProperty("type", "dense")
        dress(self._count, "dense", 600, least_width=24)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._use = QPushButton("Use for all")
        self._use.setProperty("role", "link")
        dress(self._use, "dense", 500)
        self._use.clicked.connect(self._choose)
        row.addWidget(self.name)
        row.addWidget(self._bar, 1)
        for widget in (self._count, self._use):
            row.addWidget(widget)

    def show_tally(self, tally: Tally[Precision], total: int) -> None:
        """Show one type."""
        if tally == self._tally and self._bar.total == total:
            return
        self._tally = tally
        self.name.setText(str(tally.value))
        self._count.setText(f"{tally.layers:,}")
        self._bar.show_share(tally.layers, total)
        self.setAccessibleName(f"{tally.value}, {tally.layers} of {plural(total, 'layer')}")
        self._use.setAccessibleName(f"Use {tally.value} for all")

    def _choose(self) -> None:
        if self._tally is not None:
            self.chosen.emit(self._tally.value)


class _Bar(Drawn):
    """A share of the selection."""

    def __init__(self) -> None:
        super().__init__()
        self.total = 0
        self._layers = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, layers: int, total: int) -> None:
        """Fill to `layers` of `total`."""
        self._layers, self.total = layers, total
        self.update()

    def sizeHint(self) -> QSize:
        """As long as there is room."""
        return QSize(scaled(20), scaled(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and share."""
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(0, (self.height() - _BAR) / 2, self.width(), _BAR)
        painter.setBrush(now.color("line.subtle"))
        painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        painter.setBrush(now.color("accent"))
        track.setWidth(max(track.width() * self._layers / max(self.total, 1), _BAR))
        painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
