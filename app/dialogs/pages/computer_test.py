"""The test of a computer: a job of its own, outside the queue, with progress, cancel and what it found."""

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.job_bridge import JobBridge
from engine.computers import Computer, computer_to_json
from engine.computers.probe import PROBE
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from widgets import theme
from widgets.controls import IconLabel

_BAR_WIDTH = 160


class ComputerTest(QWidget):
    """`asked` wants `run` to be called; `said_more` follows new words. Call `close_down` before it goes."""

    asked = Signal()
    said_more = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.start, self.cancel = QPushButton("Test"), QPushButton("Cancel")
        self.start.setAccessibleName("Test the computer")
        self.cancel.setAccessibleName("Cancel the test")
        self.bar = QProgressBar(textVisible=False, maximum=100)
        self.bar.setAccessibleName("Progress of the test")
        self.bar.setFixedWidth(round(_BAR_WIDTH * theme.current().text_scale))
        self.said = IconLabel("info", "")
        self.said.setWordWrap(True)
        # What it says may hold a command to copy.
        self.said.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._bridge: JobBridge | None = None
        self._job = ""
        self._lay_out()
        self.start.clicked.connect(self.asked)
        self.cancel.clicked.connect(self.stop)
        self.forget()

    @property
    def running(self) -> bool:
        """Whether a test goes on."""
        return bool(self._job)

    def run(self, computer: Computer) -> None:
        """Test a computer."""
        self.forget()
        if self._bridge is None:
            self._folder = TemporaryDirectory(prefix="codesign-test-")
            self._bridge = JobBridge(Path(self._folder.name), self)
            self._bridge.updated.connect(self._follow)
        title = f"Test {computer.name}"
        self._job = self._bridge.submit("test", PROBE, title, {"computer": computer_to_json(computer)}).id
        self._show_running(True)
        self.cancel.setFocus()

    def stop(self) -> None:
        """End the test that goes on."""
        if self._bridge is not None and self._job:
            self._bridge.cancel(self._job)

    def forget(self) -> None:
        """Back to nothing known: the computer has changed."""
        self.stop()
        self._job = ""
        self._show_running(False)
        self.said.hide()

    def close_down(self) -> None:
        """End everything that a test has started."""
        self._job = ""
        if self._bridge is not None:
            self._bridge.close()
            self._bridge.deleteLater()
            self._bridge = None
            self._folder.cleanup()

    def _follow(self, view: JobView) -> None:
        if view.id != self._job:
            return
        if not view.state.is_final:
            self.bar.setValue(round(100 * (view.progress or 0)))
            self._say(f"{view.phase or 'Starting'}…", "clock", "text.secondary")
            return
        self._job = ""
        had_keyboard = self.cancel.hasFocus()
        self._show_running(False)
        if had_keyboard:
            self.start.setFocus()
        self._say(*_verdict(view))

    def _say(self, text: str, icon: str, tone: str) -> None:
        self.said.setText(text)
        self.said.set_icon(icon, tone)
        self.said.show()
        self.said_more.emit()

    def _show_running(self, running: bool) -> None:
        self.start.setEnabled(not running)
        self.cancel.setVisible(running)
        self.bar.setVisible(running)
        self.bar.setValue(0)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.current().space(3))
        for widget in (self.start, self.cancel, self.bar):
            line.addWidget(widget)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space(3))
        column.addLayout(line)
        column.addWidget(self.said)


def _verdict(view: JobView) -> tuple[str, str, str]:
    """What to say of a test that has ended, with icon and tone."""
    if view.state is JobState.CANCELLED:
        return "Cancelled.", "cancel", "text.secondary"
    if view.state is not JobState.DONE:
        return view.reason, "over", "danger"
    result = view.result
    return (result["summary"], "check-circle", "ok") if result["tools"] else (result["summary"], "warning", "warning")
