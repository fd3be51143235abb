"""Every term of the trade: searched at the left, explained at the right."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.layout import above_foot, buttons, fit, hairline, padded, scrolled, words
from widgets import theme
from widgets.controls import EmptyState, SearchField
from widgets.help import Term, term, terms

_LIST_WIDTH = 240


class GlossaryDialog(QDialog):
    """Opens at the term of `key`, a setting, quantity or term; without one, at the first."""

    def __init__(self, parent: QWidget | None = None, key: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Terms")
        self.search = SearchField("Find a term")
        self.names = QListWidget()
        self.names.setAccessibleName("Terms")
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title, self.text = words("", "title"), words("")
        for label in (self.title, self.text):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._nothing = EmptyState("search", "No such term", "Try another word; explanations are searched too.")
        self._lay_out()
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.names.currentItemChanged.connect(lambda: self._explain())
        self._fill("")
        self.show_term(key)
        fit(self, 680, 460)

    def show_term(self, key: str) -> bool:
        """Go to a term; False where the glossary has none for this key."""
        entry = term(key)
        if entry is None:
            return False
        self.search.clear()
        found = self.names.findItems(entry.title, Qt.MatchFlag.MatchExactly)
        self.names.setCurrentItem(found[0])
        self.names.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the search field walk the list; Enter goes there."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                last = self.names.count() - 1
                self.names.setCurrentRow(min(max(self.names.currentRow() + step, 0), last))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.names.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _fill(self, typed: str) -> None:
        self.names.clear()
        for entry in _matching(typed):
            item = QListWidgetItem(entry.title)
            item.setData(Qt.ItemDataRole.UserRole, entry.id)
            self.names.addItem(item)
        self.names.setCurrentRow(0)
        found = self.names.count() > 0
        self._nothing.setVisible(not found)
        self._page.setVisible(found)

    def _explain(self) -> None:
        item = self.names.currentItem()
        entry = term(item.data(Qt.ItemDataRole.UserRole)) if item is not None else None
        if entry is not None:
            self.title.setText(entry.title)
            self.text.setText(entry.text)

    def _lay_out(self) -> None:
        now = theme.current()
        left = QWidget()
        left.setFixedWidth(round(_LIST_WIDTH * now.text_scale))
        column = QVBoxLayout(left)
        column.setContentsMargins(now.space(4), now.space(4), now.space(4), 0)
        column.addWidget(self.search)
        column.addWidget(self.names, 1)
        explanation = QWidget()
        lines = padded(explanation)
        lines.addWidget(self.title)
        lines.addWidget(self.text)
        lines.addStretch(1)
        self._page = scrolled(explanation)
        close = QPushButton("Close")
        foot = buttons((close, QDialogButtonBox.ButtonRole.RejectRole))
        foot.rejected.connect(self.reject)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        for widget, stretch in ((left, 0), (hairline(vertical=True), 0), (self._page, 1), (self._nothing, 1)):
            middle.addWidget(widget, stretch)
        above_foot(self, middle, foot)


def _matching(typed: str) -> tuple[Term, ...]:
    """Terms whose title holds what is typed, then those whose explanation does."""
    wanted = typed.strip().lower()
    titles = [entry for entry in terms() if wanted in entry.title.lower()]
    texts = [entry for entry in terms() if wanted in entry.text.lower() and entry not in titles]
    return (*titles, *texts)
