"""What a job is asked to do: a frozen value that can be stored, compared and sent to another process."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.jobs.errors import SpecError

ENGINE_ONLY = ("engine.",)

_KIND = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*", re.ASCII)
_ID = re.compile(r"[a-z0-9]{6,32}")


def new_id() -> str:
    """Return a fresh job id: eight hexadecimal digits."""
    return uuid.uuid4().hex[:8]


@dataclass(frozen=True, slots=True)
class JobSpec:
    """One job to run; build it with `job_spec`.

    `kind` is the job function as 'package.module:function'; it is called with a `Reporter` and the arguments
    as keywords, and returns a JSON value. `warm` jobs run on the worker that stays, one for each
    environment; `remote` ones mostly wait for another computer, and hold up none that work here. `environment` is added
    to the worker's environment. `time_limit` is in seconds, None for no limit.
    """

    kind: str
    title: str
    arguments_json: str = "{}"
    environment: tuple[tuple[str, str], ...] = ()
    warm: bool = False
    time_limit: float | None = None
    remote: bool = False
    id: str = field(default_factory=new_id)

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind):
            raise SpecError(f"{self.kind!r} does not name a job as 'package.module:function'.")
        if not _ID.fullmatch(self.id):
            raise SpecError(f"{self.id!r} is not a job id.")
        if self.time_limit is not None and not self.time_limit > 0:
            raise SpecError("The time limit of a job must be positive.")

    @property
    def arguments(self) -> dict[str, Any]:
        """A fresh copy of the keyword arguments of the job function."""
        arguments: dict[str, Any] = json.loads(self.arguments_json)
        return arguments

    @property
    def function(self) -> str:
        """The bare name of the job function."""
        return self.kind.partition(":")[2]


def job_spec(
    kind: str,
    title: str,
    arguments: Mapping[str, Any] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    warm: bool = False,
    time_limit: float | None = None,
    remote: bool = False,
) -> JobSpec:
    """Return a specification with a fresh id. Raises SpecError if the arguments are not JSON values."""
    try:
        text = json.dumps(dict(arguments or {}), sort_keys=True)
    except (TypeError, ValueError) as error:
        raise SpecError(f"The arguments of the job {title!r} cannot be written as JSON: {error}.") from error
    additions = tuple(sorted((environment or {}).items()))
    return JobSpec(kind, title, text, additions, warm, time_limit, remote)


def check_allowed(kind: str, prefixes: Iterable[str]) -> None:
    """Raise SpecError unless the job function lives under one of the allowed dotted prefixes."""
    if not kind.startswith(tuple(prefixes)):
        raise SpecError(f"The job {kind!r} is not one that the studio may run.")


def spec_to_json(spec: JobSpec) -> dict[str, Any]:
    """Return the specification as a JSON value, for `spec.json`."""
    return {
        "version": 1,
        "id": spec.id,
        "kind": spec.kind,
        "title": spec.title,
        "arguments": spec.arguments,
        "environment": dict(spec.environment),
        "warm": spec.warm,
        "time_limit": spec.time_limit,
        "remote": spec.remote,
    }


def spec_from_json(value: Mapping[str, Any]) -> JobSpec:
    """Read back what `spec_to_json` wrote. Raises SpecError, KeyError or TypeError on anything else."""
    limit = value["time_limit"]
    return JobSpec(
        kind=str(value["kind"]),
        title=str(value["title"]),
        arguments_json=json.dumps(dict(value["arguments"]), sort_keys=True),
        environment=tuple(sorted((str(name), str(text)) for name, text in value["environment"].items())),
        warm=bool(value["warm"]),
        time_limit=None if limit is None else float(limit),
        remote=bool(value.get("remote", False)),
        id=str(value["id"]),
    )
