"""What dialogs ask the process that looks for foldings, in the words that it takes."""

from typing import Any

from app.workspace import Workspace
from engine.project.codec import design_to_json


def question(space: Workspace, ask: str, **more: Any) -> dict[str, Any]:
    """A question about the design as it is, its weights and the user's own runs."""
    runs = space.studio.own_runs.folder_in_use
    return {
        "ask": ask,
        "design": design_to_json(space.document.design),
        "tensors": str(space.document.tensors.folder),
        "own_runs": None if runs is None else str(runs),
        **more,
    }
