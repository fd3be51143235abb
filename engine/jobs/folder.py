"""The folder of a job: a name we choose, its specification, its state, its log and what it produced."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.jobs.spec import JobSpec, spec_from_json, spec_to_json
from engine.jobs.view import JobView, view_from_json, view_to_json

_NAME = re.compile(r"(\d{4,})-[a-z0-9-]+")


def create_folder(root: Path, spec: JobSpec) -> tuple[int, Path]:
    """Make the next folder under the root, as '0001-convert-1a2b3c4d'; return its number and path."""
    root.mkdir(parents=True, exist_ok=True)
    number = 1 + max((folder_number(folder) for folder in job_folders(root)), default=0)
    folder = root / f"{number:04d}-{_slug(spec.function)}-{spec.id}"
    folder.mkdir()
    return number, folder


def job_folders(root: Path) -> list[Path]:
    """Return the job folders under the root, oldest first."""
    if not root.is_dir():
        return []
    found = [path for path in root.iterdir() if _NAME.fullmatch(path.name) and path.is_dir()]
    return sorted(found, key=folder_number)


def folder_number(folder: Path) -> int:
    """Return the number that a job folder's name begins with, 0 if it is no job folder."""
    match = _NAME.fullmatch(folder.name)
    return int(match[1]) if match else 0


def write_spec(folder: Path, spec: JobSpec) -> None:
    """Store what the job was asked to do."""
    _write_json(folder / "spec.json", spec_to_json(spec))


def read_spec(folder: Path) -> JobSpec:
    """Read the specification. Raises OSError, or ValueError, KeyError or TypeError if it is damaged."""
    return spec_from_json(_read_json(folder / "spec.json"))


def write_state(view: JobView, owner: Mapping[str, Any]) -> None:
    """Store how the job goes, with what identifies the processes that work on it."""
    _write_json(view.folder / "state.json", {**view_to_json(view), "owner": dict(owner)})


def read_state(folder: Path) -> tuple[JobView, dict[str, Any]]:
    """Return (view, owner). Raises OSError, or ValueError, KeyError or TypeError if a file is damaged."""
    value = _read_json(folder / "state.json")
    return view_from_json(value, read_spec(folder), folder), dict(value["owner"])


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:32] or "job"


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    # Replaced in one step: a reader, or a studio reopened after a crash, never meets half a file.
    part = path.with_suffix(".part")
    part.write_text(json.dumps(value, indent=1), encoding="utf-8")
    os.replace(part, path)


def _read_json(path: Path) -> dict[str, Any]:
    value = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(value, dict):
        raise TypeError(f"{path.name} does not hold an object")
    return value
