"""Computers: others on which tools stand, each with a test."""

import shutil
from collections import Counter
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QScrollArea, QVBoxLayout

from app.dialogs.layout import words
from app.dialogs.pages.computer_form import ComputerForm
from app.dialogs.pages.computer_test import ComputerTest
from app.dialogs.pages.page import Page
from app.preferences import Preferences
from engine.computers import WSL, Computer, trouble_in
from widgets import theme

_INTRO = (
    "Where a tool is not on this computer, synthesis runs on one that has it: the project is copied there and the "
    "reports come back. Your own ssh leads there, with its keys and known hosts."
)
_FEWEST_ROWS, _MOST_ROWS = 2, 4


class ComputersPage(Page):
    """The list above, the form of the one that is chosen beneath it."""

    TITLE = "Computers"
    ICON = "link"

    def __init__(self) -> None:
        super().__init__()
        self._computers: list[Computer] = []
        self.list = QListWidget()
        self.list.setAccessibleName("Other computers")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._none = words("No other computer yet.")
        self.add, self.remove = QPushButton("Add"), QPushButton("Remove")
        self.add.setAccessibleName("Add a computer")
        self.remove.setAccessibleName("Remove the computer")
        self.test = ComputerTest()
        self._lay_out()
        self.list.currentRowChanged.connect(self._show_chosen)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.form.changed.connect(self._take)
        self.test.asked.connect(lambda: self.test.run(self.form.computer))
        # After the words have found their place.
        self.test.said_more.connect(self._bring_result, Qt.ConnectionType.QueuedConnection)

    def show_preferences(self, preferences: Preferences) -> None:
        """Show the computers."""
        self._computers = list(preferences.computers)
        self._refill(0)

    def applied_to(self, preferences: Preferences) -> Preferences:
        """With the computers as the user left them."""
        return replace(preferences, computers=tuple(self._computers))

    def leave(self) -> None:
        """End a test that goes on."""
        self.test.close_down()

    def _add(self) -> None:
        """A new one, with the keyboard in its name."""
        self._computers.append(Computer(""))
        self._refill(len(self._computers) - 1)
        self.form.name.setFocus()
        self.changed.emit()

    def _remove(self) -> None:
        row = self.list.currentRow()
        del self._computers[row]
        self._refill(min(row, len(self._computers) - 1))
        self.changed.emit()

    def _take(self) -> None:
        row = self.list.currentRow()
        self._computers[row] = self.form.computer
        self._name(row)
        self.test.forget()
        self._judge()
        self.changed.emit()

    def _refill(self, chosen: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([""] * len(self._computers))
        for row in range(len(self._computers)):
            self._name(row)
        self.list.setCurrentRow(chosen)
        self.list.blockSignals(False)
        rows = min(max(len(self._computers), _FEWEST_ROWS), _MOST_ROWS)
        self.list.setFixedHeight(rows * theme.current().size("row") + 2 * theme.current().space(3))
        self._show_chosen(chosen)

    def _name(self, row: int) -> None:
        """Name and host of a computer, with a mark where something is wrong with it."""
        computer, item = self._computers[row], self.list.item(row)
        item.setText(_title(computer))
        item.setIcon(theme.icon("warning", "warning") if trouble_in(computer) else theme.icon("terminal"))

    def _show_chosen(self, row: int) -> None:
        self.test.forget()
        some = 0 <= row < len(self._computers)
        for widget in (self.form, self.test, self.list, self.remove):
            widget.setVisible(some)
        self._none.setVisible(not some)
        if some:
            self.form.show_computer(self._computers[row])
            self._judge()

    def _judge(self) -> None:
        names = Counter(computer.name for computer in self._computers)
        sound = self.form.judge(taken=names[self.form.computer.name] > 1)
        self.test.start.setEnabled(sound)
        self.test.start.setToolTip("" if sound else "Correct what is marked first.")

    def _bring_result(self) -> None:
        """Scroll to what the test says."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self.test)

    def _lay_out(self) -> None:
        now = theme.current()
        has_wsl = shutil.which("wsl.exe") is not None
        self.form = ComputerForm(has_wsl)
        self.column.addWidget(words(_INTRO, tone="secondary"))
        side = QVBoxLayout()
        side.setSpacing(now.space(3))
        for button in (self.add, self.remove):
            side.addWidget(button)
        side.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(now.space(3))
        top.addWidget(self.list, 1)
        top.addWidget(self._none, 1)
        top.addLayout(side)
        self.column.addLayout(top)
        self.column.addWidget(self.form)
        self.column.addWidget(self.test)
        self.column.addStretch(1)


def _title(computer: Computer) -> str:
    where = computer.host or ("usual distribution" if computer.kind == WSL else "")
    return f"{computer.name or 'New computer'}{f'  ·  {where}' if where else ''}"
