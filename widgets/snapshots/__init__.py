"""Snapshots of a design side by side."""

from widgets.snapshots.model import COLUMNS, QUALITY, SnapshotRow, SnapshotsView
from widgets.snapshots.scatter import SnapshotScatter
from widgets.snapshots.table import SnapshotTable

__all__ = ["COLUMNS", "QUALITY", "SnapshotRow", "SnapshotScatter", "SnapshotTable", "SnapshotsView"]
