"""A window that edits its design twenty times a second until somebody kills it: `victim HOME FILE`.

Each edit names the design after its number and is written to standard output with the time it was made at.
"""

import sys
from itertools import count
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.folders import Folders
from app.studio import Studio

_EVERY_MS = 50


def main(home: Path, file: Path) -> None:
    """Open the file and edit."""
    app = QApplication([])
    window = Studio(app, Folders.under(home)).open_or_raise(file)
    numbers = count(1)

    def edit() -> None:
        number = next(numbers)
        window.workspace.document.rename(f"edit {number}")
        sys.stdout.write(f"{number} {monotonic()}\n")
        sys.stdout.flush()

    timer = QTimer(interval=_EVERY_MS)
    timer.timeout.connect(edit)
    timer.start()
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
