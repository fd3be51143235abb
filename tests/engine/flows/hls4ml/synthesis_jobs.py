"""Running synthesis jobs in tests, with the stand-in tools on the search path."""

import os
from pathlib import Path

from engine.flows.hls4ml.synthesise import synthesise
from engine.jobs.logs import read_log
from engine.jobs.reporter import EventChannel, Reporter
from engine.jobs.spec import job_spec
from engine.project import design_to_json

STANDINS = Path(__file__).parents[3] / "standins"
ENTRY = "engine.flows.hls4ml.synthesise:synthesise"
PATIENCE = 60.0
# No tool of the computer that the tests run on may take part.
BARE_PATH = os.pathsep.join(("/usr/local/bin", "/usr/bin", "/bin"))


def search_path(tools):
    """The stand-ins, or a folder with some of them, in front of the system's own commands; None for none."""
    return BARE_PATH if tools is None else f"{tools}{os.pathsep}{BARE_PATH}"


def synthesis_spec(store, design, ending="ok", *, tools=STANDINS, environment=None, **options):
    """A job on a sample design; `ending` is what the stand-in does, `tools` the folder in front of the path."""
    arguments = {"design": design_to_json(design), "tensors": str(store.folder), **options}
    around = {"PATH": search_path(tools), "CODESIGN_STANDIN": ending, **(environment or {})}
    return job_spec(ENTRY, f"Synthesise {design.name}", arguments, environment=around)


def run_job(runner, spec):
    """Run a job to its end; return its final view."""
    view = runner.wait(runner.submit(spec).id, PATIENCE)
    assert view.state.is_final, view
    return view


def log_of(view):
    """The whole log of a job."""
    return read_log(view.log_path).text


class SynthesisHere:
    """Runs the job's function in the test's own process: hls4ml is imported once for all tests."""

    def __init__(self, folder, monkeypatch):
        self.folder, self._monkeypatch = folder, monkeypatch

    def __call__(self, store, design, ending="ok", *, tools=STANDINS, **options):
        """What the job returns; JobError where it fails."""
        self._monkeypatch.setenv("PATH", search_path(tools))
        self._monkeypatch.setenv("CODESIGN_STANDIN", ending)
        channel = os.open(os.devnull, os.O_WRONLY)
        try:
            reporter = Reporter(EventChannel(channel), "test", self.folder)
            return synthesise(reporter, design=design_to_json(design), tensors=str(store.folder), **options)
        finally:
            os.close(channel)
