"""Everything that belongs to one open document: what commands and controllers work on.

The window makes it and owns the widgets; commands know the window only through it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.accuracy import LiveAccuracy
from app.controllers.configuration import ConfigurationController
from app.controllers.data import DataController
from app.controllers.dialogs import DialogController
from app.controllers.edits import EditController
from app.controllers.exports import ExportController
from app.controllers.fifos import FifoController
from app.controllers.files import FileController
from app.controllers.ranges import RangesController
from app.controllers.runs import RunController
from app.controllers.settings import SettingsController
from app.controllers.snapshots import SnapshotController
from app.controllers.training import TrainingController
from app.controllers.view import ViewController
from app.document import Document
from app.live import LiveNumbers
from app.palette import Palette
from app.ranges import MeasuredRanges
from app.scan import DesignScan
from app.selection import Selection
from app.simulated import SimulatedNumbers
from app.sitting import Sitting
from engine.estimate import Level

if TYPE_CHECKING:
    from app.main_window import MainWindow
    from app.studio import Studio


class Workspace:
    """A document with its numbers, selection and controllers."""

    def __init__(self, window: MainWindow, studio: Studio, document: Document) -> None:
        self.window, self.studio, self.document = window, studio, document
        self.simulated = SimulatedNumbers(document)
        self.live = LiveNumbers(
            document, studio.preferences.safe_share, self.simulated, studio.own_runs, Level(studio.preferences.level)
        )
        self.measured = MeasuredRanges(document, studio.jobs)
        self.live.follow_ranges(self.measured)
        self.scan = DesignScan(document, studio.jobs)
        self.accuracy = LiveAccuracy(document)
        self.sitting = Sitting(document, self.live)
        self.selection = Selection(document)
        # Before any view hears of the change: no view is asked about a layer that has gone.
        document.changed.connect(lambda _before, after: self.selection.keep_within(after.network))
        self.edits = EditController(document, self.selection)
        self.settings = SettingsController(document, self.selection, self.edits)
        self.fifos = FifoController(document, self.simulated, self.edits)
        self.ranges = RangesController(document, self.measured, self.edits)
        self.files = FileController(window, document, studio.open_path)
        self.configuration = ConfigurationController(window, document, self.edits)
        self.exports = ExportController(window, document, self.live, window.canvas)
        self.runs = RunController(document, studio.jobs, self.live, studio.own_runs, lambda: studio.preferences)
        self.data = DataController(window, document, self.edits, studio.jobs)
        self.training = TrainingController(document, self.runs, self.edits)
        self.snapshots = SnapshotController(document, self.live, self.accuracy, self.edits)
        self.dialogs = DialogController(window, self)
        self.palette = Palette(self)
        self.view = ViewController(window.canvas, document, self.live, self.selection)

    def may_close(self) -> bool:
        """Whether nothing would be lost, or the user lets it go."""
        return self.runs.may_close(self.window) and self.files.may_close()

    def close(self) -> None:
        """Leave the document on purpose: its jobs end, its session goes."""
        self.runs.close()
        self.simulated.close()
        self.accuracy.close()
        self.document.close()

    def take_preferences(self) -> None:
        """Follow what the user prefers now."""
        preferences = self.studio.preferences
        self.window.commands.rebind(dict(preferences.shortcuts))
        self.window.commands.refresh()
        self.live.set_level(Level(preferences.level))
        if self.live.safe_share != preferences.safe_share:
            self.live.safe_share = preferences.safe_share
            self.live.advise()

    def show_panel(self, panel_id: str) -> None:
        """Bring a panel to the front."""
        self.window.docks.show(panel_id)

    def show_welcome(self) -> None:
        """Show the welcome page instead of the canvas."""
        self.window.show_welcome()

    def select_all(self) -> None:
        """Select every layer."""
        self.selection.set(self.document.design.network.order)

    def connect_layer(self) -> None:
        """Draw a wire from the selected layer by keyboard."""
        self.window.canvas.start_connecting()

    def focus_reuse(self) -> None:
        """Put the keyboard on the reuse factor."""
        self.window.inspector.focus_reuse()

    def focus_precision(self) -> None:
        """Put the keyboard on the precision."""
        self.window.inspector.focus_precision()

    def next_panel(self) -> None:
        """Give the keyboard to a message that waits, else to the next dock."""
        if not self.window.focus_message():
            self.window.docks.focus_next(1)

    def previous_panel(self) -> None:
        """Give the keyboard to the dock before."""
        self.window.docks.focus_next(-1)

    def reset_docks(self) -> None:
        """Put every panel back in its place."""
        self.window.show_canvas()

    def foretell(self, level: Level) -> None:
        """Show estimates of a tool's reports, here and in every window, also next time."""
        self.studio.prefer(replace(self.studio.preferences, level=level.value))
