"""The open document: the current design, its history, and the file and session behind it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.progress import heard_aside
from engine.design import Design
from engine.network import TensorStore
from engine.project import DONE, Project, Run, Session, Snapshot, references, save_project
from engine.project.told import Told, unheard

RECOVERY_DELAY_MS = 1000
"""Edits reach the recovery file within this time, plus the time to write it: under two seconds in all."""


class Document(QObject):
    """One design with undo. Views read `design` and listen; they change it only through `edit`.

    `edit` takes a pure function; whatever it raises reaches the caller and nothing has changed.
    """

    changed = Signal(object, object)
    """Design before, design after; after every edit, undo and redo."""
    gesture_ended = Signal()
    """The hand has let go: what was only interesting after a drag can be shown."""
    file_changed = Signal()
    runs_changed = Signal()
    snapshots_changed = Signal()
    recovery_failed = Signal(str)

    def __init__(self, project: Project, session: Session, path: Path | None = None) -> None:
        super().__init__()
        self._design = project.design
        self.runs = project.runs
        self._saved_runs = project.runs
        self.snapshots = self._saved_snapshots = project.snapshots
        self.path = path
        self.session = session
        self.undo_stack = QUndoStack(self)
        self._gesture = 0
        self._gesturing = False
        self._writer = ThreadPoolExecutor(1, "recovery")
        self._recovery = QTimer(self, singleShot=True, interval=RECOVERY_DELAY_MS)
        self._recovery.timeout.connect(self._keep)

    @property
    def design(self) -> Design:
        """The current value."""
        return self._design

    @property
    def tensors(self) -> TensorStore:
        """Where the weights are."""
        return self.session.tensors

    @property
    def modified(self) -> bool:
        """Whether there are edits that no file holds."""
        return not self.undo_stack.isClean()

    @property
    def has_new_runs(self) -> bool:
        """Whether there are runs that no file holds; one that failed or was cancelled is not worth a question."""
        return any(run.state == DONE for run in self.runs[len(self._saved_runs) :])

    @property
    def has_new_snapshots(self) -> bool:
        """Whether the snapshots are others than those in the file."""
        return self.snapshots != self._saved_snapshots

    def edit(self, text: str, function: Callable[[Design], Design]) -> None:
        """Apply a pure edit as one undo step, or as part of the running gesture's step."""
        after = function(self._design)
        if after == self._design:
            return
        running = self._running_step()
        if running is None:
            self.undo_stack.push(_Change(self, text, self._design, after, self.gesture_number))
        elif after == running.before:
            self._drop(running)
        else:
            running.extend(text, after)
            self._show(after)
            self.undo_stack.indexChanged.emit(self.undo_stack.index())

    def rename(self, name: str) -> None:
        """Give the design another name."""
        self.edit(f"Rename to {name}", lambda design: replace(design, name=name))

    @property
    def gesture_number(self) -> int:
        """Which gesture is running; 0: none."""
        return self._gesture if self._gesturing else 0

    @contextmanager
    def gesture(self) -> Iterator[None]:
        """Edits inside merge into one undo step."""
        self.begin_gesture()
        try:
            yield
        finally:
            self.end_gesture()

    def begin_gesture(self) -> None:
        """Edits from now on merge, until `end_gesture`: a drag is one step."""
        self._gesture += 1
        self._gesturing = True

    def end_gesture(self) -> None:
        """The next edit is a step of its own."""
        self._gesturing = False
        self.gesture_ended.emit()

    def cancel_gesture(self) -> None:
        """Take back what the running gesture changed and forget it."""
        running = self._running_step()
        self.end_gesture()
        if running is not None:
            self._drop(running)

    def _running_step(self) -> "_Change | None":
        """The step that the running gesture has made so far.

        We extend it ourselves: Python never frees a command that Qt merges into another and deletes.
        """
        index = self.undo_stack.index()
        command = self.undo_stack.command(index - 1) if index else None
        if not isinstance(command, _Change) or self.undo_stack.isClean():
            return None
        return command if self._gesturing and command.gesture == self._gesture else None

    def _drop(self, step: "_Change") -> None:
        """Take the last step back and forget it."""
        step.cancelled = True
        self.undo_stack.undo()

    def steps(self) -> tuple[Design, ...]:
        """The designs that undo and redo lead to, by the undo stack's index."""
        commands = self._commands()
        changes = [command for command in commands if isinstance(command, _Change)]
        designs = [changes[0].before if changes else self._design]
        for command in commands:
            designs.append(command.after if isinstance(command, _Change) else designs[-1])
        return tuple(designs)

    def _commands(self) -> "list[_Change | _Removal]":
        commands = (self.undo_stack.command(index) for index in range(self.undo_stack.count()))
        return [command for command in commands if isinstance(command, _Change | _Removal)]

    def record(self, run: Run) -> None:
        """Enter a finished run into the ledger; runs are facts and are not undone."""
        self.runs = (*self.runs, run)
        self._start_recovery()
        self.runs_changed.emit()

    def keep_snapshots(self, snapshots: tuple[Snapshot, ...]) -> None:
        """Have these designs beside the present one. Undo takes none of them away: one goes back and keeps them."""
        self.snapshots = snapshots
        self._start_recovery()
        self.snapshots_changed.emit()

    def remove_snapshot(self, place: int) -> None:
        """Forget one of them, as one undo step."""
        self.undo_stack.push(_Removal(self, place))

    def save(self, path: Path, told: Told = unheard) -> None:
        """Write the project file; raises OSError, or what `told` raises, and changes nothing then.

        The window lives on meanwhile: a run that ends is not in the file.
        """
        project = Project(self._design, self.runs, snapshots=self.snapshots)
        heard_aside(lambda hear: save_project(path, project, self.tensors, hear), told)
        self.path = path
        self._saved_runs, self._saved_snapshots = project.runs, project.snapshots
        self.undo_stack.setClean()
        self._recovery.stop()
        self._settled()
        self.session.forget()
        self.tensors.sweep(self._reachable())
        self.file_changed.emit()

    def mark_modified(self) -> None:
        """Say that no file holds the design, as after a recovery."""
        self.undo_stack.resetClean()
        self._recovery.start()

    def let_go(self) -> None:
        """Say that edits and runs need no file: nobody is asked about them."""
        self._saved_runs, self._saved_snapshots = self.runs, self.snapshots
        self.undo_stack.setClean()

    def close(self) -> None:
        """Leave the document on purpose: its session is removed."""
        # The stack empties itself when it goes, after the views that listen to it.
        self.undo_stack.blockSignals(True)
        # A job that ends now may still be entered; there is nowhere to write it any more.
        self._recovery.stop()
        self._recovery.blockSignals(True)
        self._writer.shutdown(wait=True)
        self.session.close()

    def _show(self, design: Design) -> None:
        before, self._design = self._design, design
        self._start_recovery()
        self.changed.emit(before, design)

    def _start_recovery(self) -> None:
        """Started by the first of many edits: the file is never older than the delay."""
        if not self._recovery.isActive():
            self._recovery.start()

    def _keep(self) -> None:
        # The design is a value: the writing thread needs no lock, and a slow disk holds nobody up.
        if self.modified or self.runs is not self._saved_runs or self.has_new_snapshots:
            self._writer.submit(self._write_recovery, self._design, self.path, self.runs, self.snapshots)

    def _write_recovery(
        self, design: Design, path: Path | None, runs: tuple[Run, ...], snapshots: tuple[Snapshot, ...]
    ) -> None:
        try:
            self.session.keep(design, path, runs, snapshots)
        except OSError as error:
            self.recovery_failed.emit(str(error))

    def _settled(self) -> None:
        self._writer.submit(int).result()

    def _reachable(self) -> set[str]:
        """Weights of every design that undo or redo can bring back."""
        designs = [self._design, *(snapshot.design for snapshot in self.snapshots)]
        for command in self._commands():
            designs += command.designs
        networks = {id(design.network): design.network for design in designs}
        return {digest for network in networks.values() for digest in references(network)}


class _Change(QUndoCommand):
    """The undo command of every edit: a design before and after."""

    def __init__(self, document: Document, text: str, before: Design, after: Design, gesture: int) -> None:
        super().__init__(text)
        self.before, self.after, self.gesture = before, after, gesture
        self.cancelled = False
        self._document = document

    @property
    def designs(self) -> tuple[Design, ...]:
        """Those it can bring back."""
        return self.before, self.after

    def extend(self, text: str, after: Design) -> None:
        """Lead to another design, as a drag goes on."""
        self.after = after
        self.setText(text)

    def undo(self) -> None:
        """Show the design before."""
        self._document._show(self.before)
        # Qt drops a command that turns obsolete while it is undone: there is nothing to redo.
        self.setObsolete(self.cancelled)

    def redo(self) -> None:
        """Show the design after; Qt also calls this when the command is pushed."""
        self._document._show(self.after)


class _Removal(QUndoCommand):
    """Removes a snapshot. Others come and get their figures in between: only this one is put back, in its place."""

    def __init__(self, document: Document, place: int) -> None:
        self._snapshot = document.snapshots[place]
        super().__init__(f"Remove {self._snapshot.name}")
        self._document, self._place = document, place

    @property
    def designs(self) -> tuple[Design, ...]:
        """Those it can bring back."""
        return (self._snapshot.design,)

    def undo(self) -> None:
        """Put it back."""
        kept = self._document.snapshots
        self._document.keep_snapshots((*kept[: self._place], self._snapshot, *kept[self._place :]))

    def redo(self) -> None:
        """Take it out; Qt also calls this when the command is pushed."""
        kept = self._document.snapshots
        self._snapshot = kept[self._place]
        self._document.keep_snapshots((*kept[: self._place], *kept[self._place + 1 :]))
