"""Preferences: pages at the right, their names at the left; works on a copy."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from app.commands import Command
from app.dialogs.explain import explain_on_f1
from app.dialogs.layout import above_foot, buttons, fit, hairline, make_default, primary, scrolled
from app.dialogs.pages import AppearancePage, BudgetPage, ComputersPage, FoldersPage, Page, ShortcutsPage, ToolsPage
from app.dialogs.pages.folders import places
from app.folders import Folders
from app.preferences import Preferences
from widgets import theme

_PREVIEW_DELAY_MS = 120
"""Restyling the application takes a while: wait until the hand rests."""


class PreferencesDialog(QDialog):
    """After `exec()` returns true, `preferences` is what the user wants. Cancel leaves everything as it was.

    Theme, text size and motion are shown at once, and taken back by Cancel.
    """

    def __init__(
        self,
        preferences: Preferences,
        commands: Iterable[Command],
        parent: QWidget | None = None,
        folders: Folders | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Preferences")
        self._original = self.preferences = preferences
        self.pages: tuple[Page, ...] = (
            AppearancePage(),
            BudgetPage(),
            ToolsPage(),
            ComputersPage(),
            FoldersPage(places(folders or Folders.of_user())),
            ShortcutsPage(tuple(commands)),
        )
        self.names = self._make_names()
        self._stack = QStackedWidget()
        self._preview = QTimer(self, singleShot=True, interval=_PREVIEW_DELAY_MS)
        self._preview.timeout.connect(lambda: dress(self.preferences))
        for page in self.pages:
            # A table scrolls by itself.
            self._stack.addWidget(page if isinstance(page, ShortcutsPage) else scrolled(page))
            page.show_preferences(preferences)
            page.changed.connect(self._take)
        self._lay_out()
        make_default(self.save)
        self.names.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.names.setCurrentRow(0)
        theme.signals().changed.connect(self._fit_names)
        self._fit_names()
        explain_on_f1(self)
        fit(self, 840, 660)

    def show_page(self, title: str) -> None:
        """Go to a page by its title."""
        self.names.setCurrentRow([page.TITLE for page in self.pages].index(title))

    def reject(self) -> None:
        """Leave everything as it was."""
        self._preview.stop()
        self.preferences = self._original
        dress(self._original)
        super().reject()

    def accept(self) -> None:
        """Keep the changes."""
        self._preview.stop()
        dress(self.preferences)
        super().accept()

    def done(self, result: int) -> None:
        """Close; what a page has started ends."""
        for page in self.pages:
            page.leave()
        super().done(result)

    def _take(self) -> None:
        preferences = self._original
        for page in self.pages:
            preferences = page.applied_to(preferences)
        if _look(preferences) != _look(self.preferences):
            self._preview.start()
        self.preferences = preferences

    def _make_names(self) -> QListWidget:
        names = QListWidget()
        names.setAccessibleName("Pages")
        names.setProperty("role", "nav")
        names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for page in self.pages:
            names.addItem(QListWidgetItem(theme.icon(page.ICON), page.TITLE))
        return names

    def _fit_names(self) -> None:
        """Rows of a control's height, and a list as wide as its longest name."""
        now = theme.current()
        measure, pad = QFontMetrics(now.font("body")), now.space(3)
        widest = max(measure.horizontalAdvance(page.TITLE) for page in self.pages)
        for row in range(self.names.count()):
            self.names.item(row).setSizeHint(QSize(0, now.size("control") + now.space(2)))
        self.names.setViewportMargins(pad, now.space(4), pad, pad)
        self.names.setFixedWidth(widest + now.size("icon") + 2 * pad + 2 * now.space(6))

    def _lay_out(self) -> None:
        self.save = primary("Save preferences")
        self.cancel = QPushButton("Cancel")
        foot = buttons(
            (self.save, QDialogButtonBox.ButtonRole.AcceptRole),
            (self.cancel, QDialogButtonBox.ButtonRole.RejectRole),
        )
        foot.accepted.connect(self.accept)
        foot.rejected.connect(self.reject)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.names)
        middle.addWidget(hairline(vertical=True))
        middle.addWidget(self._stack, 1)
        above_foot(self, middle, foot)


def dress(preferences: Preferences) -> None:
    """Give the application the theme, text size and motion of these preferences."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        scheme = theme.Scheme(preferences.theme)
        theme.apply(app, scheme, text_scale=preferences.text_scale, reduced_motion=preferences.reduced_motion)


def _look(preferences: Preferences) -> tuple[str, float, bool]:
    return preferences.theme, preferences.text_scale, preferences.reduced_motion
