"""An unexpected error becomes a report that the user may save; the studio goes on."""

import platform
import sys
import traceback
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

_PACKAGES = ("codesign-studio", "PySide6-Essentials", "pyqtgraph", "networkx", "numpy", "hls4ml")
Ask = Callable[[str], None]


def install(ask: Ask | None = None) -> None:
    """From now on show unexpected errors with `ask` instead of ending the program."""
    shown: set[str] = set()

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        text = report(error)
        # A failing paint event comes back with every frame: say it once.
        if isinstance(error, Exception) and text not in shown:
            shown.add(text)
            (ask or _ask)(text)

    sys.excepthook = hook


def report(error: BaseException) -> str:
    """What a developer needs: versions and the traceback. It holds no design and no weights."""
    lines = [f"Codesign Studio error report: {type(error).__name__}: {error}", ""]
    lines += [f"{name} {_version(name)}" for name in _PACKAGES]
    lines += [f"Python {platform.python_version()} on {platform.platform()}", ""]
    return "\n".join(lines) + "\n" + "".join(traceback.format_exception(error))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _ask(text: str) -> None:
    box = QMessageBox(QApplication.activeWindow())
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Something went wrong")
    box.setText("Something went wrong in the studio. Your design is still open and nothing is lost.")
    box.setInformativeText("You can save a report for the developers. It holds versions and the error, no design.")
    box.setDetailedText(text)
    save = box.addButton("Save report…", QMessageBox.ButtonRole.ActionRole)
    box.addButton("Go on", QMessageBox.ButtonRole.AcceptRole)
    box.exec()
    if box.clickedButton() is save:
        path, _ = QFileDialog.getSaveFileName(box, "Save report", "codesign-studio-report.txt")
        if path:
            Path(path).write_text(text)
