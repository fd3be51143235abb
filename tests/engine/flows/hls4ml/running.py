"""Running the flow's jobs in tests: with the job system's own reporter, or in a real worker."""

import json
import os
from contextlib import contextmanager
from dataclasses import replace

from engine.jobs.reporter import EventChannel, Reporter
from engine.jobs.runner import JobRunner
from engine.jobs.spec import job_spec
from engine.network import Network
from tests.samples import with_random_weights

PATIENCE = 120.0


@contextmanager
def reporting(folder):
    """A reporter whose events can be read back with `events_of`."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / "events", os.O_WRONLY | os.O_CREAT)
    try:
        yield Reporter(EventChannel(descriptor), "test", folder)
    finally:
        os.close(descriptor)


def events_of(folder):
    """What the reporter was told, one dictionary each."""
    return [json.loads(line) for line in (folder / "events").read_text().splitlines()]


def run_job(root, entry, **arguments):
    """Run a job in a worker process; return its final view."""
    with JobRunner(root) as runner:
        return runner.wait(runner.submit(job_spec(entry, "test", arguments)).id, PATIENCE)


def with_weights(network, store, seed=1):
    """The network with random weights; variances positive."""
    made = with_random_weights(network, store, seed)
    return Network(tuple(replace(layer, weights=_usable(layer, store)) for layer in made.layers))


def _usable(layer, store):
    return tuple(
        (role, store.put(abs(store.get(ref)) + 0.1) if role == "variance" else ref) for role, ref in layer.weights
    )
