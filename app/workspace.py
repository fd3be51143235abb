"""Everything that belongs to one open document: what commands and controllers work on.

It knows no window but as the parent of what it asks; the window makes it and owns the widgets.
"""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.accuracy import LiveAccuracy
from app.controllers.configuration import ConfigurationController
from app.controllers.data import DataController
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
from app.host import Host
from app.live import LiveNumbers
from app.ranges import MeasuredRanges
from app.scan import DesignScan
from app.selection import Selection
from app.simulated import SimulatedNumbers
from app.sitting import Sitting
from engine.estimate import Level
from widgets.canvas.view import CanvasView


class Workspace:
    """A document with its numbers, selection and controllers."""

    def __init__(self, window: QWidget, canvas: CanvasView, studio: Host, document: Document) -> None:
        self.studio, self.document = studio, document
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
        self.exports = ExportController(window, document, self.live, canvas)
        self.runs = RunController(document, studio.jobs, self.live, studio.own_runs, lambda: studio.preferences)
        self.data = DataController(window, document, self.edits, studio.jobs)
        self.training = TrainingController(document, self.runs, self.edits)
        self.snapshots = SnapshotController(document, self.live, self.accuracy, self.edits)
        self.view = ViewController(canvas, document, self.live, self.selection)

    def close(self) -> None:
        """Leave the document on purpose: its jobs end, its session goes."""
        self.runs.close()
        self.simulated.close()
        self.accuracy.close()
        self.document.close()

    def take_preferences(self) -> None:
        """Follow what the user prefers now."""
        preferences = self.studio.preferences
        self.live.set_level(Level(preferences.level))
        if self.live.safe_share != preferences.safe_share:
            self.live.safe_share = preferences.safe_share
            self.live.advise()

    def foretell(self, level: Level) -> None:
        """Show estimates of a tool's reports, here and in every window, also next time."""
        self.studio.prefer(replace(self.studio.preferences, level=level.value))
