"""The wires of the window itself: what is said, and how the document stands."""

from functools import partial
from pathlib import Path

from app.document import Document
from app.main_window import MainWindow


def wire_window(window: MainWindow) -> None:
    """Connect messages, title, status and toolbar."""
    space, document = window.workspace, window.workspace.document
    space.edits.refused.connect(lambda reason: window.say(reason, "danger"))
    space.files.failed.connect(lambda what, why: window.say(f"{what}: {why}", "danger"))
    space.files.saved.connect(lambda path: window.say("Saved", "ok"))
    space.configuration.failed.connect(lambda why: window.say(why, "danger"))
    space.configuration.applied.connect(lambda name, notes: _say_applied(window, name, notes))
    space.files.saved.connect(lambda path: space.studio.remember_file(Path(path)))
    space.exports.budget = window.panels.budget
    space.exports.cancelled.connect(window.say)
    show = partial(window.commands.run, "run.snapshots")
    space.snapshots.taken.connect(lambda name: window.say(f"{name} taken", "ok", "Show", show))
    space.exports.failed.connect(lambda why: window.say(why, "danger"))
    space.exports.written.connect(lambda path: window.say(f"Written to {path}", "ok"))
    document.recovery_failed.connect(lambda why: window.say(f"Edits are not being recovered: {why}", "warning"))

    def follow() -> None:
        window.target_bar.show_design(document.design)
        window.status.show_edit(document.undo_stack.undoText())
        window.status.show_saved(_kept(document))
        window.update_title()
        window.commands.refresh()

    def follow_steps() -> None:
        """A drag is one step: between its first and its last event nothing here changes but words."""
        if not document.gesture_number:
            follow()

    document.undo_stack.indexChanged.connect(follow_steps)
    document.undo_stack.cleanChanged.connect(follow_steps)
    document.gesture_ended.connect(follow)
    document.file_changed.connect(follow)
    document.runs_changed.connect(follow)
    document.snapshots_changed.connect(follow)
    space.studio.preferences_changed.connect(window.take_preferences)
    follow()


def _kept(document: Document) -> str:
    """Whether a file holds what there is."""
    if document.modified:
        return "Edited"
    if document.path is None:
        return "Not saved yet"
    if document.has_new_runs:
        return "Runs not saved"
    return "Snapshots not saved" if document.has_new_snapshots else "Saved"


def _say_applied(window: MainWindow, name: str, notes: tuple[str, ...]) -> None:
    """What of a configuration means nothing here comes first; how much more there is follows it."""
    more = f" And {len(notes) - 1} more." if notes[1:] else ""
    window.say(f"{notes[0]}{more}" if notes else f"Applied {name}", "warning" if notes else "ok")
