"""The window: canvas in the middle, panels around it. What they have to do with each other is told by `furnish`."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QMainWindow, QMenu, QStackedWidget, QToolBar, QWidget

from app.commands import Commands
from app.docks import COMPACT_BELOW, Docks, Panel
from app.document import Document
from app.find_button import FindButton
from app.host import Host
from app.menus import MENUS
from app.menus.recent_menu import RecentMenu
from app.panels import Panels
from app.status import StatusBar
from app.toolbar import build_toolbar
from app.workspace import Workspace
from engine.boards import all_boards
from engine.flows.labels import LABELS
from widgets import theme
from widgets.canvas.view import CanvasView
from widgets.controls import ToastHost
from widgets.palette import CommandPalette, Entry
from widgets.target import TargetBar

_TITLE_BAR = 40
_CANVAS_HEADER, _TOAST_GAP = 32, 12
_FILE_LABEL_WIDTH = 260
"""The menu bar does not ask its corner for its size again: room for a long name from the start."""


class MainWindow(QMainWindow):
    """One document. It owns the widgets; what happens in them is the workspace's matter."""

    def __init__(self, studio: Host, document: Document) -> None:
        super().__init__()
        self.studio = studio
        # The document and all that listens to it go with the window.
        document.setParent(self)
        self.setAcceptDrops(True)
        self.setMinimumSize(960, 600)
        self.canvas = CanvasView()
        self.workspace = Workspace(self, self.canvas, studio, document)
        self.commands = Commands(self, dict(studio.preferences.shortcuts))
        self.panels = Panels(self.canvas, document, self.commands)
        self.inspector = self.panels.inspector
        self.target_bar = TargetBar(all_boards(studio.folders.boards), tuple(LABELS.items()))
        self._palette = CommandPalette(self)
        self._palette.chosen.connect(lambda entry_id: self._answer(entry_id))
        self._answer: Callable[[str], object]
        """What is done with the entry that the user chooses."""
        self.status = StatusBar()
        self.setStatusBar(self.status)
        self._centre = QStackedWidget()
        self._toasts = ToastHost(self._centre, _CANVAS_HEADER + _TOAST_GAP)
        self._centre.addWidget(self.panels.centre)
        self.setCentralWidget(self._centre)
        self._welcome: QWidget | None = None
        self.docks = self._make_docks()

    def show_commands(self) -> None:
        """Fill menus, toolbar and the canvas's header with the commands, once they are declared."""
        self.panels.centre.add_buttons()
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, build_toolbar(self.target_bar, self.commands))
        for name in MENUS:
            menu = self.menuBar().addMenu(f"&{name}")
            self.commands.fill(menu, name)
            if name == "File":
                menu.insertMenu(self.commands.action("file.welcome"), RecentMenu(self.studio, menu))
            if name == "View":
                self._add_dock_switches(menu)
        self._add_corner()

    def restore(self) -> None:
        """Take the size and arrangement of the last time; without one, fill the screen."""
        saved = self.studio.preferences.window
        if geometry := saved.get("geometry"):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        else:
            available = self.screen().availableGeometry()
            # The frame comes on top of the size: leave room for a title bar.
            self.resize(min(1920, available.width()), min(1080, available.height() - _TITLE_BAR))
        self._arrange(self.width() < COMPACT_BELOW)
        if state := saved.get("state"):
            self.restoreState(QByteArray.fromBase64(state.encode()))
        self.docks.widen()
        self.findChild(QToolBar, "toolbar").setVisible(True)  # type: ignore[union-attr]
        self.update_title()

    @property
    def unused(self) -> bool:
        """Whether nobody has done anything in this window yet: a file may take its place."""
        document = self.workspace.document
        return document.path is None and document.undo_stack.count() == 0 and not document.runs

    def say(
        self, text: str, tone: str = "info", action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        """Show a short message that leaves by itself, perhaps with a button."""
        self._toasts.show_toast(text, tone, action, on_action)

    def focus_next_panel(self) -> None:
        """Give the keyboard to the message of `say`, if one waits for it, else to the next dock."""
        if not self._toasts.focus_toast():
            self.docks.focus_next(1)

    def ask(self, entries: tuple[Entry, ...], answer: Callable[[str], object]) -> None:
        """Let the user choose an entry; `answer` gets its id."""
        self._answer = answer
        self._palette.open(entries)

    def show_welcome(self) -> None:
        """Show the welcome page over the canvas, without the panels."""
        if self._welcome is None:
            from app.welcome import make_welcome

            self._welcome = make_welcome(self.workspace, self.show_canvas)
            self._centre.addWidget(self._welcome)
        self._centre.setCurrentWidget(self._welcome)
        self._show_panels(False)

    def show_canvas(self) -> None:
        """Leave the welcome page."""
        self._centre.setCurrentWidget(self.panels.centre)
        self._show_panels(True)

    def take_preferences(self) -> None:
        """Follow what the user prefers now."""
        self.commands.rebind(dict(self.studio.preferences.shortcuts))
        self.commands.refresh()
        self.workspace.take_preferences()
        self._file_label.setMinimumHeight(self.menuBar().sizeHint().height())
        self.docks.widen()

    def update_title(self) -> None:
        """Name, file and whether there are unsaved edits or runs."""
        document = self.workspace.document
        edited = document.modified or document.has_new_runs or document.has_new_snapshots
        name = document.path.name if document.path else document.design.name
        self.setWindowTitle(f"{name}[*] - Codesign Studio")
        self.setWindowModified(edited)
        self._file_label.setText(f"{name}  ·  edited" if edited else name)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about jobs, edits and runs, end jobs, remember the arrangement."""
        space = self.workspace
        if not (space.runs.may_close(self) and space.files.may_close()):
            event.ignore()
            return
        self._remember()
        for dialog in self.findChildren(QDialog):
            dialog.close()
        space.close()
        event.accept()
        self.studio.closed(self)
        self.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rearrange where the window has become small or wide."""
        super().resizeEvent(event)
        compact = self.width() < COMPACT_BELOW
        if self.docks.compact != compact:
            # After this resize: docks cannot be moved while their window is being laid out.
            QTimer.singleShot(0, self, lambda: self._arrange(compact))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the files dropped."""
        event.acceptProposedAction()
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.studio.open_path(Path(url.toLocalFile()))

    def _arrange(self, compact: bool) -> None:
        if self.docks.compact != compact:
            self.docks.arrange(compact)
            self.target_bar.show_captions(not compact)
            self.target_bar.show_design(self.workspace.document.design)

    def _show_panels(self, shown: bool) -> None:
        for part in (*self.docks.all(), *self.findChildren(QToolBar)):
            part.setVisible(shown)
        self.status.show_contents(shown)
        if shown:
            self.docks.arrange(self.width() < COMPACT_BELOW)

    def _make_docks(self) -> Docks:
        panels = self.panels
        return Docks(
            self,
            [
                Panel("layers", "Add layer", panels.layers, panels.layers.header),
                Panel("outline", "Outline", panels.outline, panels.outline.header),
            ],
            Panel("inspector", "Inspector", panels.inspector, panels.inspector.header),
            [
                [Panel("budget", "Budget", panels.budget, panels.budget_header)],
                [
                    Panel("where", "Where it goes", panels.where, panels.where_header),
                    Panel("edits", "Edits", panels.edits, panels.edits_header),
                ],
                [
                    Panel("jobs", "Jobs", panels.jobs, panels.jobs.header),
                    Panel("findings", "Findings", panels.findings, panels.findings.header),
                ],
            ],
            [
                Panel("log", "Log", panels.log, panels.log.header, keeps_header=True),
                Panel("history", "History", panels.history, panels.history.header),
                Panel("traces", "Layer by layer", panels.traces, panels.traces.header, column=0),
            ],
        )

    def _add_dock_switches(self, menu: QMenu) -> None:
        panels = menu.addMenu("Panels")
        for dock in self.docks.all():
            panels.addAction(dock.toggleViewAction())

    def _add_corner(self) -> None:
        """The document's name at the right end of the menu bar, and the way into the palette in its middle."""
        self._file_label = QLabel()
        self._file_label.setProperty("tone", "secondary")
        self._file_label.setContentsMargins(0, 0, theme.current().space(5), 0)
        # Qt puts the corner's widget at the top, as high as it wants to be: the titles of menus stand in the middle.
        self._file_label.setMinimumHeight(self.menuBar().sizeHint().height())
        self._file_label.setMinimumWidth(_FILE_LABEL_WIDTH)
        self._file_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.menuBar().setCornerWidget(self._file_label, Qt.Corner.TopRightCorner)
        self._find = FindButton(self.menuBar())
        self._find.clicked.connect(lambda: self.commands.run("edit.palette"))

    def _remember(self) -> None:
        """Keep the arrangement for the next start; the welcome page's, which hides everything, is none."""
        if self._centre.currentWidget() is not self.panels.centre:
            return
        state = {
            "geometry": bytes(self.saveGeometry().toBase64().data()).decode(),
            "state": bytes(self.saveState().toBase64().data()).decode(),
        }
        self.studio.prefer(replace(self.studio.preferences, window=state))
