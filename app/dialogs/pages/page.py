"""A page of the preferences: shows its part of a value and gives it back changed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.dialogs.layout import padded, words
from app.preferences import Preferences


class Page(QWidget):
    """Base of all pages. `changed` follows what the user does, not `show_preferences`."""

    TITLE = ""
    ICON = ""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.TITLE)
        self.column: QVBoxLayout = padded(self, spacing=6)
        self.column.addWidget(words(self.TITLE, "title"))

    def show_preferences(self, preferences: Preferences) -> None:
        """Show the page's part of a value."""

    def applied_to(self, preferences: Preferences) -> Preferences:
        """The value with the page's part as the user left it."""
        return preferences

    def leave(self) -> None:
        """The dialog closes: end what the page has started."""
