"""What must survive a crash: one folder for each open document, with its weights and a recovery file.

<root>/<name>/owner.json     process that has the document open
<root>/<name>/recovery.json  the design as it was at the last edit, its ledger, and the file it belongs to
<root>/<name>/tensors/       weights
"""

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from engine.design import Design
from engine.network import TensorStore
from engine.project.atomic import write_atomically
from engine.project.codec import design_from_json, design_to_json
from engine.project.fields import Node, ProjectFileError
from engine.project.ledger import Run, run_from_json, run_to_json
from engine.project.snapshot import Snapshot, snapshot_from_json, snapshot_to_json


@dataclass(frozen=True, slots=True)
class Recovered:
    """A design that a crashed window left behind."""

    folder: Path
    design: Design
    file: Path | None
    """The project file it was opened from or saved to."""
    saved_at: datetime
    runs: tuple[Run, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()


class Session:
    """The folder of one open document, held until `close`. The name is new each time."""

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix="session-", dir=root))
        self.tensors = TensorStore(self.folder / "tensors")
        _write_json(self.folder / "owner.json", _me())

    def keep(
        self,
        design: Design,
        file: Path | None,
        runs: tuple[Run, ...] = (),
        snapshots: tuple[Snapshot, ...] = (),
    ) -> None:
        """Write the recovery file; called within two seconds of an edit or a run's end. Raises OSError."""
        content = {
            "design": design_to_json(design),
            "file": str(file) if file else None,
            "saved_at": datetime.now(UTC).isoformat(),
            "runs": [run_to_json(run) for run in runs],
            "snapshots": [snapshot_to_json(each) for each in snapshots],
        }
        _write_json(self.folder / "recovery.json", content)

    def forget(self) -> None:
        """Drop the recovery file: everything is saved."""
        (self.folder / "recovery.json").unlink(missing_ok=True)

    def close(self) -> None:
        """Remove the folder; the document is closed on purpose."""
        shutil.rmtree(self.folder, ignore_errors=True)


def recoverable(root: Path) -> tuple[Recovered, ...]:
    """Designs left behind by windows that no longer run, newest first. Damaged or empty folders are removed."""
    found = [recovered for folder in _orphans(root) if (recovered := _recovered(folder))]
    return tuple(sorted(found, key=lambda each: each.saved_at, reverse=True))


def discard(recovered: Recovered) -> None:
    """Delete what a crashed window left behind."""
    shutil.rmtree(recovered.folder, ignore_errors=True)


def _orphans(root: Path) -> list[Path]:
    return [folder for folder in root.glob("session-*") if folder.is_dir() and not _owner_lives(folder)]


def _owner_lives(folder: Path) -> bool:
    try:
        owner = json.loads((folder / "owner.json").read_text())
        process = psutil.Process(int(owner["pid"]))
        return bool(abs(process.create_time() - float(owner["created"])) < 1)
    except (OSError, ValueError, TypeError, KeyError, psutil.Error):
        return False


def _recovered(folder: Path) -> Recovered | None:
    try:
        node = Node(json.loads((folder / "recovery.json").read_text()), "")
        design = design_from_json(node.get("design").value)
        file = node.get("file").value
        moment = datetime.fromisoformat(node.get("saved_at").text())
        ledger = node.find("runs")
        runs = tuple(run_from_json(each) for each in ledger.elements()) if ledger else ()
        kept = node.find("snapshots")
        snapshots = tuple(snapshot_from_json(each) for each in kept.elements()) if kept else ()
    except (OSError, ValueError, RecursionError, ProjectFileError):
        shutil.rmtree(folder, ignore_errors=True)
        return None
    return Recovered(folder, design, Path(file) if isinstance(file, str) else None, moment, runs, snapshots)


def _me() -> dict[str, Any]:
    return {"pid": os.getpid(), "created": psutil.Process().create_time()}


def _write_json(path: Path, content: Any) -> None:
    write_atomically(path, lambda file: _dump(content, file))


def _dump(content: Any, file: Any) -> None:
    file.write(json.dumps(content).encode())
