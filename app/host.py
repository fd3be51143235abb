"""What a window asks of the application that it belongs to: other windows, preferences, jobs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QMainWindow, QWidget

from app.folders import Folders
from app.job_bridge import JobBridge
from app.own_runs import KeptRuns
from app.preferences import Preferences
from engine.design import Design
from engine.environment import Capability
from engine.project import Recovered


class Host(Protocol):
    """The studio as its windows see it: none of them knows the class that makes them."""

    folders: Folders
    preferences: Preferences
    own_runs: KeptRuns

    @property
    def preferences_changed(self) -> SignalInstance:
        """After the user has preferred something else."""

    @property
    def jobs(self) -> JobBridge:
        """The job queue of all windows."""

    def new_window(self) -> object:
        """Show a network that is nothing but its input."""

    def open_template(self, design: Design) -> object:
        """Show a design of no file."""

    def open_path(self, path: Path) -> object:
        """Show a file, or say why it cannot be read."""

    def take_tour(self) -> None:
        """Show a window's parts on an example."""

    def recoverable(self) -> Sequence[Recovered]:
        """What crashed windows left."""

    def restore(self, recovered: Recovered) -> None:
        """Show what a crashed window left."""

    def prefer(self, preferences: Preferences) -> None:
        """Take other preferences and remember them."""

    def show_preferences(self, page: str = "", parent: QWidget | None = None) -> None:
        """Ask for preferences, at a page."""

    def remember_file(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""

    def check(self) -> Sequence[Capability]:
        """What this computer can do."""

    def closed(self, window: QMainWindow) -> None:
        """Let go of a window that has closed for good."""

    def quit(self) -> None:
        """Close all windows."""
