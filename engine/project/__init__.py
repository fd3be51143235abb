"""Projects on disk: the file, its versions, recovery after a crash, and the ledger of runs."""

from engine.project.codec import design_from_json, design_to_json
from engine.project.fields import ProjectFileError
from engine.project.file import SUFFIX, Project, load_project, references, save_project, weights_of
from engine.project.ledger import DONE, FOUND, Figures, Run, design_digest, figures_of, json_digest
from engine.project.session import Recovered, Session, discard, recoverable
from engine.project.snapshot import Snapshot

__all__ = [
    "DONE",
    "FOUND",
    "SUFFIX",
    "Figures",
    "Project",
    "ProjectFileError",
    "Recovered",
    "Run",
    "Session",
    "Snapshot",
    "design_digest",
    "design_from_json",
    "design_to_json",
    "discard",
    "figures_of",
    "json_digest",
    "load_project",
    "recoverable",
    "references",
    "save_project",
    "weights_of",
]
