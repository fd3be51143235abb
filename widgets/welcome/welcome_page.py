"""The welcome page: open or draw a network, go on where one left off, and what this computer can do."""

from itertools import pairwise

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from widgets import theme
from widgets.controls import ElidedLabel, clear
from widgets.welcome.example_card import ExampleCard
from widgets.welcome.model import AbilityView, ExampleView, RecentView, RecoveredView

_ABILITY_ICONS = {"ok": ("check-circle", "ok"), "warn": ("warning", "warning"), "missing": ("minus", "text.secondary")}


class WelcomePage(QWidget):
    """Three columns; everything reachable by keyboard."""

    open_requested = Signal()
    tour_requested = Signal()
    draw_requested = Signal()
    file_requested = Signal(str)
    restore_requested = Signal(str)
    discard_requested = Signal(str)
    check_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "panel")
        self._start, self._recent, self._recovered = _column(), _column(), _column()
        self._abilities = _column()
        self._examples = QGridLayout()
        self._examples.setSpacing(theme.current().space(5))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._parts = self._left(), _scrolled(self._middle()), _scrolled(self._right())
        for part, stretch in zip(self._parts, (0, 1, 0), strict=True):
            row.addWidget(part, stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses what has the keyboard, as Space does."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Column by column, downwards: in Qt's own order what was added late comes last."""
        order = [button for part in self._parts for button in sorted(part.findChildren(QAbstractButton), key=_place)]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
        return super().focusNextPrevChild(forward)

    def set_examples(self, examples: tuple[ExampleView, ...]) -> None:
        """Show the examples, two in a row."""
        clear(self._examples)
        for place, example in enumerate(examples):
            card = ExampleCard(example)
            card.opened.connect(self.file_requested)
            self._examples.addWidget(card, place // 2, place % 2)

    def set_recent(self, files: tuple[RecentView, ...]) -> None:
        """Show files opened before."""
        clear(self._recent)
        if files:
            self._recent.addWidget(_text("Recent", "section"))
        for file in files:
            icon, token = ("warning", "warning") if file.missing else ("document", "text.secondary")
            entry = _Entry(icon, token, file.name, file.detail)
            entry.setEnabled(not file.missing)
            entry.setToolTip(file.path)
            entry.clicked.connect(lambda _=False, path=file.path: self.file_requested.emit(path))
            self._recent.addWidget(entry)

    def set_recovered(self, designs: tuple[RecoveredView, ...]) -> None:
        """Offer designs that a crashed window left."""
        clear(self._recovered)
        for design in designs:
            self._recovered.addWidget(_text(f"Recovered: {design.name}", "section"))
            self._recovered.addWidget(_text(design.detail, "dense", "secondary"))
            row = QHBoxLayout()
            for label, signal in (("Restore", self.restore_requested), ("Discard", self.discard_requested)):
                button = _link(label)
                button.clicked.connect(lambda _=False, signal=signal, key=design.key: signal.emit(key))
                row.addWidget(button)
            row.addStretch(1)
            self._recovered.addLayout(row)

    def set_abilities(self, abilities: tuple[AbilityView, ...]) -> None:
        """Show what this computer can do."""
        clear(self._abilities)
        for ability in abilities:
            icon, token = _ABILITY_ICONS[ability.state]
            self._abilities.addLayout(_icon_and_texts(icon, token, ability.title, ability.detail))

    def _left(self) -> QWidget:
        now, host = theme.current(), QFrame()
        host.setProperty("ground", "window")
        host.setFixedWidth(312)
        column = QVBoxLayout(host)
        column.setContentsMargins(40, 32, 40, now.space(5))
        column.setSpacing(now.space(3))
        logo = QLabel()
        logo.setPixmap(theme.icon("logo", "accent").pixmap(40, 40))
        column.addWidget(logo)
        column.addWidget(_text("Codesign Studio", "display"))
        column.addWidget(_text("See what a network costs on your board while you change it.", "body", "secondary"))
        column.addSpacing(now.space(4))
        for label, icon, role, signal in (
            ("Open a network…", "open", "primary", self.open_requested),
            ("Draw a new one", "plus", "", self.draw_requested),
            ("Take the tour", "lightbulb", "", self.tour_requested),
        ):
            button = QPushButton(theme.icon(icon, "accent.on" if role else "text.primary"), label)
            button.setProperty("role", role)
            button.setMinimumHeight(38)
            button.clicked.connect(signal)
            column.addWidget(button)
        column.addWidget(_text("or drop .h5, .keras, .onnx, .json, .codesign here", "dense", "secondary"))
        column.addSpacing(now.space(4))
        column.addLayout(self._recent)
        column.addStretch(1)
        column.addLayout(self._recovered)
        return host

    def _middle(self) -> QWidget:
        now, host = theme.current(), QWidget()
        column = QVBoxLayout(host)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(now.space(4))
        head = QHBoxLayout()
        head.addWidget(_text("Examples", "title"))
        head.addWidget(_text("nothing to install", "dense", "secondary"))
        head.addStretch(1)
        column.addLayout(head)
        column.addLayout(self._examples)
        column.addStretch(1)
        return host

    def _right(self) -> QWidget:
        now, host = theme.current(), QWidget()
        host.setFixedWidth(340)
        column = QVBoxLayout(host)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(now.space(4))
        column.addWidget(_text("What this computer can do", "title"))
        column.addLayout(self._abilities)
        again = _link("Check again")
        again.clicked.connect(self.check_requested)
        column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return host


class _Entry(QPushButton):
    """Icon, a name and a quiet line beneath, to be clicked."""

    def __init__(self, icon: str, token: str, name: str, detail: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.setAccessibleName(f"{name}, {detail}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._row = _icon_and_texts(icon, token, name, detail)
        self.setLayout(self._row)

    def sizeHint(self) -> QSize:
        """As tall as its texts."""
        return self._row.sizeHint()


def _place(button: QAbstractButton) -> tuple[int, int]:
    at = button.mapTo(button.window(), QPoint(0, 0))
    return at.y(), at.x()


def _icon_and_texts(icon: str, token: str, name: str, detail: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 4, 0, 4)
    row.setSpacing(theme.current().space(4))
    mark = QLabel()
    mark.setPixmap(theme.icon(icon, token).pixmap(16, 16))
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    texts = QVBoxLayout()
    texts.setSpacing(0)
    title = ElidedLabel(name)
    title.setProperty("weight", "500")
    texts.addWidget(title)
    texts.addWidget(_text(detail, "dense", "secondary"))
    row.addLayout(texts, 1)
    return row


def _column() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.current().space(2))
    return column


def _text(text: str, role: str, tone: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(role in ("body", "dense"))
    label.setProperty("type", role)
    label.setProperty("tone", tone)
    return label


def _link(label: str) -> QPushButton:
    button = QPushButton(label)
    button.setProperty("role", "link")
    return button


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setMinimumWidth(widget.minimumWidth())
    return area
