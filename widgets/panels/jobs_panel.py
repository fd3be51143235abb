"""Jobs: what runs, how far it is, what came of it; Cancel is always in sight."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from widgets import theme
from widgets.controls import ElidedLabel, EmptyState, PanelHeader, ProgressRing
from widgets.panels.report_strip import Reported, ReportStrip

FINAL_ICONS = {
    "done": ("check-circle", "ok"),
    "failed": ("over", "danger"),
    "cancelled": ("cancel", "text.tertiary"),
    "interrupted": ("warning", "warning"),
}
_DOUBTFUL = ("warning", "warning")


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job as shown; `detail` is the phase while it runs, the outcome afterwards."""

    id: str
    title: str
    state: str
    detail: str = ""
    figures: str = ""
    """Percent, time so far and left, memory."""
    progress: float | None = None
    report: tuple[Reported, ...] = ()
    layered: bool = False
    """Whether it compared layer by layer."""
    doubtful: bool = False
    """Whether it ended well, but what came out deserves a look."""
    logged: bool = True
    """Whether there is a log to show."""

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self.state not in FINAL_ICONS

    @property
    def icon(self) -> tuple[str, str] | None:
        """Icon and colour token of its end; None while it runs."""
        return _DOUBTFUL if self.doubtful else FINAL_ICONS.get(self.state)


class JobsPanel(QWidget):
    """Newest job first, which comes into sight as it starts. Signals carry the job's id."""

    cancel_requested = Signal(str)
    log_requested = Signal(str)
    folder_requested = Signal(str)
    layers_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.header = PanelHeader("Jobs")
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setWidget(self._list)
        self._empty = EmptyState("play", "No jobs yet", "Convert, Emulate and Synthesise run here, in the background.")
        self._rows: dict[str, _Row] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self._area, self._empty):
            column.addWidget(widget)
        self.set_jobs(())

    def set_jobs(self, jobs: tuple[JobRow, ...]) -> None:
        """Show these jobs in this order; rows that stay are updated, and moved where it has changed."""
        for job_id in set(self._rows) - {job.id for job in jobs}:
            self._rows.pop(job_id).deleteLater()
        if jobs and jobs[0].id not in self._rows:
            self._area.verticalScrollBar().setValue(0)
        for place, job in enumerate(jobs):
            if job.id not in self._rows:
                self._rows[job.id] = self._row(job)
            if self._column.indexOf(self._rows[job.id]) != place:
                self._column.insertWidget(place, self._rows[job.id])
            self._rows[job.id].set_job(job)
        running = sum(job.running for job in jobs)
        self.header.set_count(f"{running} running" if running else "")
        self._area.setVisible(bool(jobs))
        self._empty.setVisible(not jobs)

    def _row(self, job: JobRow) -> "_Row":
        row = _Row(job.id)
        row.cancel.clicked.connect(lambda: self.cancel_requested.emit(job.id))
        row.log.clicked.connect(lambda: self.log_requested.emit(job.id))
        row.folder.clicked.connect(lambda: self.folder_requested.emit(job.id))
        row.layers.clicked.connect(lambda: self.layers_requested.emit(job.id))
        return row


class _Row(QWidget):
    """Ring or outcome, title, detail, bar and figures, buttons."""

    def __init__(self, job_id: str) -> None:
        super().__init__()
        self.setObjectName(f"job.{job_id}")
        self._looks: tuple[str, str] | None = None
        self._ring, self._icon = ProgressRing(), QLabel()
        self._title, self._figures = _line("600"), _line("400", "secondary")
        self._detail = QLabel(wordWrap=True)
        self._detail.setProperty("type", "dense")
        self._detail.setProperty("tone", "secondary")
        self._bar = QProgressBar(textVisible=False, maximum=1000)
        self._bar.setFixedHeight(4)
        self._report = ReportStrip()
        self.cancel, self.log, self.folder = QPushButton("Cancel"), QPushButton("Log"), QPushButton("Folder")
        self.layers = QPushButton("Per layer…")
        self.layers.setToolTip("Each layer beside the float network.")
        for button in (self.layers, self.log, self.folder):
            button.setProperty("role", "link")
        self._lay_out()

    def set_job(self, job: JobRow) -> None:
        """Show how the job goes."""
        self._looks = job.icon
        self._title.setText(job.title)
        self._detail.setText(job.detail)
        self._figures.setText(job.figures)
        for widget in (self._ring, self._bar, self.cancel):
            widget.setVisible(job.running)
        self.log.setVisible(job.logged)
        self.folder.setVisible(not job.running)
        self.layers.setVisible(job.layered)
        busy = not job.progress and job.state == "running" and not theme.current().reduced_motion
        self._bar.setRange(0, 0 if busy else 1000)
        self._bar.setValue(round(1000 * (job.progress or 0)))
        self._ring.setValue(round(100 * (job.progress or 0)))
        self._report.set_figures(job.report)
        self._icon.setVisible(not job.running)
        self._paint_icon()
        self._speak(job)

    def changeEvent(self, event: QEvent) -> None:
        """Take the icon's colour from another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._paint_icon()

    def _paint_icon(self) -> None:
        if self._looks is not None:
            self._icon.setPixmap(theme.icon(*self._looks).pixmap(16, 16))

    def _speak(self, job: JobRow) -> None:
        """Buttons of different rows have the same words: screen readers are told whose they are."""
        self.setAccessibleName(f"{job.title}, {job.state}{', with doubts' * job.doubtful}. {job.detail} {job.figures}")
        for button in (self.cancel, self.log, self.folder, self.layers):
            button.setAccessibleName(f"{button.text().rstrip('…')}: {job.title}")
        for bar in (self._bar, self._ring):
            bar.setAccessibleName(f"Progress: {job.title}")

    def _lay_out(self) -> None:
        now = theme.current()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for widget in (self._title, self._detail, self._bar, self._figures, self._report):
            texts.addWidget(widget)
        buttons = QHBoxLayout()
        for button in (self.layers, self.log, self.folder, self.cancel):
            buttons.addWidget(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(now.space(5), now.space(3), now.space(4), now.space(3))
        row.setSpacing(now.space(4))
        for mark in (self._ring, self._icon):
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        row.addLayout(buttons)


def _line(weight: str, tone: str = "") -> ElidedLabel:
    label = ElidedLabel("")
    label.setProperty("type", "dense")
    label.setProperty("weight", weight)
    label.setProperty("tone", tone)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
