"""What can be wrong with a report."""

from pathlib import Path


class ReportError(ValueError):
    """A report that cannot be read: the file, the line or element ('' for the file as a whole), and the reason."""

    def __init__(self, path: Path, place: str, reason: str) -> None:
        self.path, self.place, self.reason = path, place, reason
        super().__init__(f"{path.name}: {place}: {reason}." if place else f"{path.name} {reason}.")
