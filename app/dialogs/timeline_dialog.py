"""When each layer's words move, of the last build: in a window beside the design."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from app.dialogs.layout import above_foot, fit, foot, inset, words
from app.main_window import MainWindow
from app.presenters.timeline import timeline_of
from widgets.timeline import TimelineTable


class TimelineDialog(QDialog):
    """Not modal; it follows the builds that end while it is open."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Timeline of the layers")
        self._runs = window.workspace.runs
        self.table = TimelineTable()
        self.words = words("", "dense", "secondary")
        above_foot(self, inset(self.table), foot([self.words]))
        self._runs.finished.connect(self._show)
        self._show()
        fit(self, 900, 420)

    def _show(self) -> None:
        last = self._runs.last_build()
        if last is not None:
            view = timeline_of(last)
            self.table.set_view(view)
            old = self._runs.edits_since(last)
            self.words.setText(view.words if old == 0 else f"Of an earlier version of the design. {view.words}")
