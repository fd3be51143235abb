"""Parts that the installer left out: downloaded or taken from a file, checked and unpacked in the background."""

from dataclasses import asdict

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.layout import above_foot, buttons, fit, padded, words
from app.frozen import find_parts
from app.host import Host
from engine.addons import Addon, added_folder, catalogue, clear, remove, root
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from widgets.controls import EmptyState

_NO_ADDRESS = "this installer names no place to download it from"
_QUIET = (JobState.DONE, JobState.CANCELLED)
"""After these the row says how the part stands, and no more."""
_NOT_HERE = "This studio runs from an environment of its own: `make setup-all` adds training and place and route."


class PartsDialog(QDialog):
    """A row for each part; jobs go on when it is closed."""

    def __init__(self, studio: Host, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Add parts")
        self.rows = tuple(PartRow(part, studio) for part in catalogue())
        content = QWidget()
        column = padded(content, spacing=5)
        for row in self.rows:
            column.addWidget(row)
        if not self.rows:
            column.addWidget(EmptyState("download", "Nothing to add", _NOT_HERE))
        column.addStretch(1)
        close = QPushButton("Close")
        close.setDefault(True)
        foot = buttons((close, QDialogButtonBox.ButtonRole.RejectRole))
        foot.rejected.connect(self.reject)
        above_foot(self, content, foot)
        fit(self, 560, 320)


class PartRow(QWidget):
    """What a part is, whether it is there, and the ways to add it or take it away."""

    def __init__(self, part: Addon, studio: Host) -> None:
        super().__init__()
        self._part, self._studio = part, studio
        # Goes on from a dialog that was closed.
        self._job = next((job.id for job in studio.jobs.running(self._owner)), "")
        self.state = words("", tone="secondary")
        self.bar = QProgressBar(maximum=1000, textVisible=False)
        self.download, self.choose, self.cancel, self.take_away = (
            QPushButton("Download"),
            QPushButton("From a file…"),
            QPushButton("Cancel"),
            QPushButton("Remove"),
        )
        self.download.clicked.connect(lambda: self._add(None))
        self.choose.clicked.connect(self._ask)
        self.cancel.clicked.connect(lambda: self._studio.jobs.cancel(self._job))
        self.take_away.clicked.connect(self._remove)
        self._lay_out()
        studio.jobs.updated.connect(self._follow)
        self._show("Waiting" if self._job else "")

    @property
    def _owner(self) -> str:
        return f"part {self._part.id}"

    def _ask(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, f"Add {self._part.title}", "", f"{self._part.file} (*.zip)")
        if path:
            self._add(path)

    def _add(self, file: str | None) -> None:
        arguments = {"addon": asdict(self._part), "root": str(root()), "file": file}
        self._job = self._studio.jobs.submit(
            self._owner, "engine.addons.job:add_part", f"Add {self._part.title}", arguments, remote=file is None
        ).id
        self._show("Waiting")

    def _remove(self) -> None:
        remove(self._part, root())
        self._show("")

    def _follow(self, view: JobView) -> None:
        if view.id != self._job:
            return
        self.bar.setValue(round(1000 * (view.progress or 0.0)))
        if view.state.is_final:
            self._job = ""
            find_parts()
            if view.state is not JobState.DONE:
                clear(self._part, root())
            self._show("" if view.state in _QUIET else view.reason or f"It was {view.state}.")
        else:
            self._show(view.phase or "Waiting")

    def _show(self, said: str) -> None:
        there, busy = added_folder(self._part, root()).is_dir(), bool(self._job)
        size = f"{self._part.installed / 1e6:,.0f} MB"
        state = f"Added, {size}." if there else f"Not added; it takes {size}. Its file is {self._part.file}."
        self.state.setText(said or state)
        self.bar.setVisible(busy)
        self.download.setVisible(not there and not busy)
        self.download.setEnabled(bool(self._part.url))
        self.download.setToolTip("" if self._part.url else f"Off: {_NO_ADDRESS}")
        self.choose.setVisible(not there and not busy)
        self.cancel.setVisible(busy)
        self.take_away.setVisible(there and not busy)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addWidget(words(self._part.title, "section", wrap=False))
        row.addStretch(1)
        for button in (self.download, self.choose, self.cancel, self.take_away):
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(words(self._part.about))
        column.addWidget(self.state)
        column.addWidget(self.bar)
