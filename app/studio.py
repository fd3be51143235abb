"""The running application: its windows, preferences and job queue."""

import gc
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QWidget

from app import crash
from app.document import Document
from app.file_events import FileEvents
from app.folders import EXAMPLES, Folders
from app.furnish import furnish
from app.job_bridge import JobBridge
from app.main_window import MainWindow
from app.own_runs import KeptRuns
from app.preferences import Preferences, load_preferences, save_preferences
from app.preparation import Preparation
from app.progress import CancelledError, heard_aside, progress
from engine.boards import board
from engine.computers import listed
from engine.design import Design
from engine.environment import Capability, check
from engine.network import Layer, Network
from engine.network.kinds import Input
from engine.opening import DEFAULT_BOARD, open_file, starting_design
from engine.project import SUFFIX, Project, Recovered, Session, discard, recoverable
from widgets import theme


class Studio(QObject):
    """One for the process. Windows ask it for files, other windows, preferences and jobs."""

    preferences_changed = Signal()

    def __init__(self, app: QApplication, folders: Folders) -> None:
        super().__init__(app)
        self._app = app
        self.folders = folders
        self.preferences = load_preferences(folders.preferences)
        self.own_runs = KeptRuns(folders.own_runs, lambda: self.preferences.own_runs, self)
        self.preferences_changed.connect(self.own_runs.follow_wish)
        self.windows: list[MainWindow] = []
        self.preparation: Preparation | None = None
        self._dress()

    @cached_property
    def jobs(self) -> JobBridge:
        """The job queue of all windows, made when the first window asks."""
        return JobBridge(self.folders.jobs, self)

    def prepare_ahead(self) -> None:
        """From now on have tools compiled before they are needed; a picture of a window, say, has no use for them."""
        self.preparation = Preparation(self.windows, self)
        for window in self.windows:
            self.preparation.follow(window)

    def new_window(self) -> MainWindow:
        """A window with a network that is nothing but its input."""
        network = Network((Layer("input", Input()),))
        return self._show(
            Project(starting_design("untitled", network, board(DEFAULT_BOARD))), Session(self.folders.sessions)
        )

    def open_template(self, design: Design) -> MainWindow:
        """A window with a design of no file, whose weights are to be trained or imported."""
        window = self._show_instead(Project(design), Session(self.folders.sessions), None)
        window.say("The network has its shapes and settings, but no weights: open a trained one, or train it.", "info")
        return window

    def welcome_window(self) -> MainWindow:
        """A window that shows the welcome page."""
        window = self.new_window()
        window.show_welcome()
        return window

    def open_path(self, path: Path) -> MainWindow | None:
        """Open a file in a window of its own, or in one that nobody has used yet; say so when it cannot be read."""
        try:
            return self.open_or_raise(path)
        except CancelledError:
            return None
        except (ValueError, OSError) as error:
            self._say_unreadable(path, error)
            return None

    def open_or_raise(self, path: Path) -> MainWindow:
        """Open a file. Raises what `engine.opening.open_file` raises, or CancelledError, and leaves nothing behind."""
        session = Session(self.folders.sessions)
        try:
            with progress(self._app.activeWindow(), f"Opening {path.name}") as told:
                project = heard_aside(lambda hear: open_file(path, session.tensors, told=hear), told)
        except BaseException:
            session.close()
            raise
        self.remember_file(path)
        # An example is opened as a copy: saving it asks for a place of the user's own.
        is_own_project = path.suffix == SUFFIX and EXAMPLES not in path.absolute().parents
        window = self._show_instead(project, session, path.absolute() if is_own_project else None)
        self._say_found(window, project, path)
        return window

    def first_window(self) -> None:
        """What a start without a file shows: once the tour, from then on the welcome page."""
        if self.preferences.toured:
            self.welcome_window()
        else:
            self.take_tour()

    def take_tour(self) -> None:
        """Open the tour's example, a copy of it, and show the window's parts on it."""
        from app.tour import EXAMPLE, Tour

        if not self.preferences.toured:
            self.prefer(replace(self.preferences, toured=True))
        window = self.open_path(EXAMPLES / f"{EXAMPLE}.codesign")
        if window is not None:
            Tour(window).start()

    def restore(self, recovered: Recovered) -> None:
        """Open what a crashed window left."""
        session = Session(self.folders.sessions)
        for tensor in (recovered.folder / "tensors").glob("*.npy"):
            tensor.replace(session.tensors.folder / tensor.name)
        window = self._show_instead(
            Project(recovered.design, recovered.runs, snapshots=recovered.snapshots), session, recovered.file
        )
        window.workspace.document.mark_modified()
        discard(recovered)

    def recoverable(self) -> tuple[Recovered, ...]:
        """What crashed windows left."""
        return recoverable(self.folders.sessions)

    def prefer(self, preferences: Preferences) -> None:
        """Take other preferences and remember them."""
        self.preferences = preferences
        self._dress()
        self.preferences_changed.emit()
        try:
            save_preferences(self.folders.preferences, preferences)
        except OSError as error:
            for window in self.windows[:1]:
                window.say(f"Preferences could not be saved: {error.strerror}", "warning")

    def check(self) -> tuple[Capability, ...]:
        """What this computer can do, with the tools where the user said they are, and other computers."""
        return (*check(self.preferences.tool_paths, self.folders.jobs), *listed(self.preferences.computers))

    def show_preferences(self, page: str = "", parent: QWidget | None = None) -> None:
        """Ask for preferences, at a page, over a window or dialog."""
        from app.dialogs.preferences_dialog import PreferencesDialog

        window = self.windows[-1]
        dialog = PreferencesDialog(self.preferences, window.commands, parent or window, self.folders)
        if page:
            dialog.show_page(page)
        if dialog.exec():
            self.prefer(dialog.preferences)
        dialog.deleteLater()

    def closed(self, window: QMainWindow) -> None:
        """A window has closed for good."""
        self.windows[:] = [each for each in self.windows if each is not window]
        if not self.windows:
            # After the closing window has left its event handler.
            QTimer.singleShot(0, self._app.quit)

    def quit(self) -> None:
        """Close all windows; stops at the first whose user wants to go on."""
        for window in list(self.windows):
            if not window.close():
                return

    def shut_down(self) -> None:
        """End jobs; nothing of the studio runs afterwards."""
        clipboard = self._app.clipboard()
        if clipboard.ownsClipboard():
            # Qt frees copied layers after Python has gone, and crashes: leave their names as plain text.
            clipboard.setText(clipboard.text())
        if "jobs" in self.__dict__:
            self.jobs.close()

    def remember_file(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        self.prefer(self.preferences.with_recent(path.absolute()))

    def _say_found(self, window: MainWindow, project: Project, path: Path) -> None:
        """What a folder held besides its network: on a small screen the jobs stand behind other panels."""
        count = len(project.runs) if path.is_dir() else 0
        reports = f"{count} report{'' if count == 1 else 's'} found, shown beside the estimate." if count else ""
        said = " ".join([reports, *project.notes]).strip()
        if said:
            tone = "warning" if project.notes else "info"
            window.say(said, tone, "Show" if count else "", lambda: window.docks.show("jobs"))

    def _show_instead(self, project: Project, session: Session, path: Path | None) -> MainWindow:
        """Show a document in the place of a window that nobody has used yet."""
        unused = next((window for window in self.windows if window.unused), None)
        window = self._show(project, session, path)
        if unused is not None:
            window.restoreGeometry(unused.saveGeometry())
            unused.close()
        return window

    def _show(self, project: Project, session: Session, path: Path | None = None) -> MainWindow:
        window = MainWindow(self, Document(project, session, path))
        furnish(window)
        self.windows.append(window)
        window.show()
        if self.preparation is not None:
            self.preparation.follow(window)
        return window

    def _dress(self) -> None:
        preferences = self.preferences
        theme.apply(
            self._app,
            theme.Scheme(preferences.theme),
            text_scale=preferences.text_scale,
            reduced_motion=preferences.reduced_motion,
        )

    def _say_unreadable(self, path: Path, error: Exception) -> None:
        parent = self._app.activeWindow()
        box = QMessageBox(QMessageBox.Icon.Warning, "Cannot open", f"{path.name} cannot be opened.", parent=parent)
        box.setInformativeText(str(error) if isinstance(error, ValueError) else f"{error}")
        box.exec()


def run(files: Sequence[Path]) -> int:
    """Run the application until its last window closes."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Codesign Studio")
    app.setDesktopFileName("codesign-studio")
    app.setQuitOnLastWindowClosed(False)
    crash.install()
    studio = Studio(app, Folders.of_user())
    FileEvents(app, studio.open_path)
    studio.prepare_ahead()
    for file in files:
        studio.open_path(file)
    if not studio.windows:
        studio.first_window()
    # Once everything is painted, collecting begins; what is there by then stays and need not be looked through.
    QTimer.singleShot(0, studio, _collect_from_now_on)
    try:
        return app.exec()
    finally:
        studio.shut_down()


def _collect_from_now_on() -> None:
    gc.freeze()
    gc.enable()
