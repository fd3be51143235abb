"""The user's own runs for commands: what they teach, and one more of them."""

from app.cli.output import complain
from app.controllers.submission import Submission
from app.folders import Folders
from app.preferences import load_preferences
from engine.calibration import NO_RUNS, OwnRuns, add, read
from engine.design import Design
from engine.estimate import Level
from engine.flows.registry import flow
from engine.flows.taught import taught_by
from engine.jobs.view import JobView
from engine.network import TensorStore
from engine.project import design_digest


def taught_here() -> OwnRuns:
    """What the user's own runs on this computer teach, where the preferences want that."""
    folders = Folders.of_user()
    return taught_by(read(folders.own_runs)) if load_preferences(folders.preferences).own_runs else NO_RUNS


def learn_from(design: Design, tensors: TensorStore, view: JobView) -> None:
    """Keep what a finished synthesis teaches; a disk that refuses costs the run nothing."""
    known = flow(design.target.flow)
    estimates = {level: known.at(level).estimate(design, tensors) for level in Level}
    job = Submission("synthesise", design_digest(design), design.target.flow, estimates, estimates, design)
    try:
        for record in job.records(job.runs(view)):
            add(Folders.of_user().own_runs, record)
    except OSError as error:
        complain(f"Estimates could not learn from this run: {error.strerror}.")
