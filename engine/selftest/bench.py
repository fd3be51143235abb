"""What the checks work on: an example, and the queue of jobs."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

from engine.data.choice import choose_samples
from engine.design import Design
from engine.flows.registry import flow
from engine.jobs.errors import JobError
from engine.jobs.runner import JobRunner
from engine.jobs.spec import job_spec
from engine.jobs.state import JobState
from engine.network import TensorStore
from engine.opening import open_file
from engine.project import design_to_json

SAMPLES = 100
"""Of the example's samples, how many are run."""


class Bench:
    """One self-test, with a folder for all that it leaves; close it, which ends its workers."""

    def __init__(self, example: Path, folder: Path) -> None:
        self._example = example
        self.tensors = TensorStore(folder / "tensors")
        self._runner = JobRunner(folder / "jobs")

    def __enter__(self) -> "Bench":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.close()

    @cached_property
    def design(self) -> Design:
        """The example, opened once."""
        return open_file(self._example, self.tensors).design

    def job(
        self,
        entry: str,
        title: str,
        arguments: Mapping[str, Any] | None = None,
        design: Design | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Any:
        """The result of a job in a worker, which is given the example, or another `design`. Raises JobError."""
        own = {"design": design_to_json(design or self.design), "tensors": str(self.tensors.folder)}
        spec = job_spec(entry, title, {**own, **(arguments or {})}, environment=environment)
        view = self._runner.wait(self._runner.submit(spec).id)
        if view.state is not JobState.DONE:
            raise JobError(view.reason or f"The job was {view.state}.")
        return view.result

    def samples(self) -> dict[str, Any]:
        """The samples that every model is run on, as arguments of a job."""
        return choose_samples(self.design.network).arguments | {"samples": SAMPLES}

    @cached_property
    def golden(self) -> dict[str, Any]:
        """What the whole-number model computes, beside the float network."""
        return flow(self.design.target.flow).comparer(self.tensors).compare(self.design, most=SAMPLES)
