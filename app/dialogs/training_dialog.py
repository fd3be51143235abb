"""Training: settings, live curves, and what came out; in a window beside the design."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from app.controllers.training import TrainingController
from app.dialogs.explain import explain_on_f1
from app.dialogs.layout import above_foot, fit, foot, hairline, make_default, padded, primary, scrolled, words
from app.dialogs.training_form import TrainingForm
from app.main_window import MainWindow
from app.presenters.training import curves_view, last_epoch, measure, score_rows, tone
from app.presenters.training import words as outcome
from app.sentence import sentence
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from engine.training.settings import TrainingSettings
from engine.training.untrained import without_weights
from widgets import theme
from widgets.controls import Notice
from widgets.training import ScoreTable, TrainingCurves

_EMPTY = "Curves appear here while the network is trained. The weights become the design's at the end, as one edit."
_PRESENT = "Trained. The weights are the design's now."
_EARLIER = "Trained, and the design is another one now: these figures are of the one that was trained."


class TrainingDialog(QDialog):
    """Not modal: one goes on editing, and the training goes on when this is closed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Training")
        space = window.workspace
        self._training, self._document = space.training, space.document
        self.form, self.curves, self.scores = TrainingForm(), TrainingCurves(), ScoreTable()
        self.status, self.outcome = QLabel(_EMPTY), Notice("", "ok")
        self.differences = words("", "dense", "secondary")
        self.train = primary("Train")
        self.pause, self.cancel = QPushButton("Pause"), QPushButton("Cancel training")
        self.scores.setProperty("term", "qat")
        self._lay_out()
        explain_on_f1(self)
        make_default(self.train)
        self._training.look_back()
        self.form.show_settings(self._training.settings or TrainingSettings(self._training.usual_start()))
        self.form.data_requested.connect(space.data.ask)
        self.train.clicked.connect(lambda: self._training.start(self.form.settings))
        self.pause.clicked.connect(self._pause)
        self.cancel.clicked.connect(self._training.cancel)
        self._training.changed.connect(self._show)
        self._document.changed.connect(self._show)
        self._show()
        fit(self, 980, 720)

    def _show(self, *_designs: object) -> None:
        self._show_design()
        job, training = self._training.job, self._training
        epochs = training.settings.epochs if training.settings else 1
        self.curves.set_view(curves_view(training.points, tuple(training.live), epochs))
        self.status.setText(_status(job, training))
        self._show_outcome(job)
        off = training.off()
        _allow(self.train, off or ("it is running" if training.running else ""))
        self.form.setEnabled(not training.running)
        self.pause.setText("Go on" if training.paused or training.cut_short else "Pause")
        for button, reason in ((self.pause, training.no_resuming()), (self.cancel, "nothing is being trained")):
            _allow(button, "" if training.running else reason)

    def _pause(self) -> None:
        if self._training.running:
            self._training.pause(not self._training.paused)
        else:
            self._training.resume()

    def _show_design(self) -> None:
        design = self._document.design
        missing = without_weights(design.network)
        self.form.allow_present(missing[0] if missing else "")
        self.form.data.setText(f"On {Path(design.data.name).name}." if design.data else "No data set is chosen yet.")

    def _show_outcome(self, job: JobView | None) -> None:
        rows = score_rows(job)
        self.scores.set_rows(rows, measure(job))
        for widget in (self.scores, self.outcome, self.differences):
            widget.setVisible(bool(rows))
        if job is None or not rows:
            return
        self.outcome.show_statement(outcome(job), tone(job))
        differences = job.result["differences"]
        self.differences.setVisible(bool(differences))
        self.differences.setText("\n".join(["Where model and hardware may differ:", *differences]))

    def _lay_out(self) -> None:
        now = theme.current()
        left, right = QWidget(), QWidget()
        padded(left).addWidget(self.form)
        column = padded(right, 3)
        self.status.setProperty("tone", "secondary")
        self.status.setWordWrap(True)
        for widget in (self.status, self.curves, self.outcome, self.scores, self.differences):
            column.addWidget(widget, int(widget is self.curves))
        middle = QHBoxLayout()
        area = scrolled(left)
        area.setFixedWidth(left.sizeHint().width() + now.space(4))
        for each in (area, hairline(vertical=True)):
            middle.addWidget(each)
        middle.addWidget(scrolled(right), 1)
        middle.setSpacing(0)
        above_foot(self, middle, foot([self.cancel], [self.pause, self.train]))


def _allow(button: QPushButton, reason: str) -> None:
    """On, or off for a reason."""
    button.setEnabled(not reason)
    button.setToolTip(sentence(reason))


def _status(job: JobView | None, training: TrainingController) -> str:
    if job is None:
        return sentence(training.off()) or _EMPTY
    match job.state:
        case JobState.QUEUED:
            return "Waits for the training before it."
        case JobState.RUNNING:
            return job.phase or "Starting"
        case JobState.DONE:
            return job.result["summary"] if job.result["diverged"] else _PRESENT if training.is_present else _EARLIER
        case _:
            return f"{_ended(job)}{_way_on(training)}"


def _ended(job: JobView) -> str:
    """That it was cut short, and how."""
    if job.state is JobState.CANCELLED:
        return "Cancelled. The weights are as they were."
    return job.reason


def _way_on(training: TrainingController) -> str:
    if not training.cut_short:
        return ""
    if reason := training.no_resuming():
        return f" It cannot go on: {reason}."
    return f" Go on takes it up after {last_epoch(training.points)}."
