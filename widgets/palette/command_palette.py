"""The command palette: everything one can do, found by typing."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import KeyHint
from widgets.palette.delegate import ENTRY, PaletteDelegate
from widgets.palette.matching import Entry, matches

WIDTH = 640
_HEIGHT = 440
_HINTS = (("↑ ↓", "move"), ("Enter", "run"), ("Ctrl Enter", "run, keep open"), ("Esc", "close"))


class CommandPalette(QFrame):
    """A popup over its window. `chosen` carries an entry's id; entries that are off cannot be chosen."""

    chosen = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setProperty("popup", "true")
        self.setAccessibleName("Command palette")
        self._window = window
        self._entries: tuple[Entry, ...] = ()
        self._field = QLineEdit(placeholderText="Find a layer, a command, a number")
        self._field.setFrame(False)
        self._field.setFont(theme.current().font("title", 400))
        self._field.setProperty("bare", "true")
        self._field.setProperty("focusRing", False)
        self._count = QLabel()
        self._count.setProperty("type", "dense")
        self._count.setProperty("tone", "secondary")
        self._list = QListView()
        self._list.setAccessibleName("Results")
        self._delegate = PaletteDelegate()
        self._model = QStandardItemModel(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._delegate)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self._field.textChanged.connect(self._show_matches)
        self._field.installEventFilter(self)
        self._list.clicked.connect(lambda index: self._run(index, keep_open=False))

    def open(self, entries: tuple[Entry, ...], text: str = "") -> None:
        """Show these entries over the window, with the text typed already."""
        self._entries = entries
        self._field.setText(text)
        self._show_matches(text)
        window = self._window
        width = min(WIDTH, window.width() - 32)
        self.resize(width, min(_HEIGHT, window.height() - 64))
        self.move(window.mapToGlobal(QPoint((window.width() - width) // 2, max(window.height() // 9, 16))))
        self.show()
        self._field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys and Enter in the field work on the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            match event.key():
                case Qt.Key.Key_Down | Qt.Key.Key_Up:
                    self._move(1 if event.key() == Qt.Key.Key_Down else -1)
                    return True
                case Qt.Key.Key_PageDown | Qt.Key.Key_PageUp:
                    self._move(8 if event.key() == Qt.Key.Key_PageDown else -8)
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    keep = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                    self._run(self._list.currentIndex(), keep_open=keep)
                    return True
        return super().eventFilter(watched, event)

    def _show_matches(self, text: str) -> None:
        found = matches(self._entries, text)
        self._delegate.typed = text
        self._model.clear()
        group = None
        for entry in found:
            if entry.group != group:
                group = entry.group
                title = QStandardItem(group)
                title.setFlags(Qt.ItemFlag.NoItemFlags)
                self._model.appendRow(title)
            item = QStandardItem(entry.title)
            item.setData(entry, ENTRY)
            item.setToolTip(f"Off: {entry.off}" if entry.off else entry.detail)
            self._model.appendRow(item)
        count = len(found)
        self._count.setText(f"{count} result" if count == 1 else f"{count} results")
        self._list.setCurrentIndex(self._model.index(min(1, self._model.rowCount() - 1), 0))
        self._list.scrollToTop()

    def _move(self, steps: int) -> None:
        rows, row = self._model.rowCount(), self._list.currentIndex().row()
        direction = 1 if steps > 0 else -1
        target = min(max(row + steps, 0), rows - 1)
        while 0 <= target < rows and self._model.index(target, 0).data(ENTRY) is None:
            target += direction
        if 0 <= target < rows:
            self._list.setCurrentIndex(self._model.index(target, 0))

    def _run(self, index: QModelIndex, keep_open: bool) -> None:
        entry = index.data(ENTRY)
        if entry is None or entry.off:
            return
        if not keep_open:
            self.close()
        self.chosen.emit(entry.id)

    def _lay_out(self) -> None:
        now = theme.current()
        head = QHBoxLayout()
        head.setContentsMargins(now.space(5), now.space(4), now.space(5), now.space(4))
        head.setSpacing(now.space(4))
        glass = QLabel()
        glass.setPixmap(theme.icon("search").pixmap(16, 16))
        for widget in (glass, self._field, self._count):
            head.addWidget(widget)
        foot = QHBoxLayout()
        foot.setContentsMargins(now.space(5), now.space(3), now.space(5), now.space(3))
        for keys, meaning in _HINTS:
            foot.addWidget(KeyHint(keys))
            foot.addSpacing(now.space(2))
            label = QLabel(meaning)
            label.setProperty("type", "dense")
            label.setProperty("tone", "secondary")
            foot.addWidget(label)
            foot.addSpacing(now.space(4))
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._list, 1)
        column.addLayout(foot)
