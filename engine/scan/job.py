"""The scan job: each layer at each width, shown while it goes on."""

import json
from pathlib import Path
from typing import Any, BinaryIO

from engine.flows.hls4ml.inputs import open_tensors, read_design
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter
from engine.network import MissingTensorError
from engine.project.atomic import write_atomically
from engine.scan.entry import FILE
from engine.scan.found import Scan
from engine.scan.scan import scanned


def scan(
    reporter: Reporter, *, design: Any, tensors: str, data: str | None = None, samples: int | None = None
) -> dict[str, Any]:
    """Scan on samples from a file, else of the design's data set, else of the example, else on made-up ones.

    The result is that of `Scan.to_json`, with a `summary`. Raises JobError.
    """
    read, store = read_design(design), open_tensors(tensors)
    reporter.phase("Evaluating the design as it is")
    found: Scan | None = None
    try:
        for found in scanned(read, store, Path(data) if data else None, samples):
            _tell(reporter, found)
    except ValueError as error:
        raise JobError(str(error)) from error
    except MissingTensorError as error:
        raise JobError(str(error.args[0])) from error
    assert found is not None
    return {"summary": found.summary} | found.to_json()


def _tell(reporter: Reporter, found: Scan) -> None:
    def dump(file: BinaryIO) -> None:
        file.write(json.dumps(found.to_json()).encode())

    write_atomically(reporter.folder / FILE, dump)
    if found.points:
        last = found.points[-1]
        reporter.phase(f"{last.layer} at {last.bits} bits")
    reporter.progress(len(found.points) / max(found.count, 1))
    reporter.metric("tried", len(found.points))
