"""From process start to the first paint of an example, against the imports that any such program needs.

Both are run in turns, so that they meet the same load; bytecode is compiled by a first run that does not count.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "resources" / "examples" / "digits_resnet.codesign"
RUNS = 5
LIMIT = 2.0

_IMPORTS = """
from time import monotonic
began = monotonic()
import PySide6.QtWidgets, pyqtgraph, networkx
print(monotonic() - began)
"""

_WINDOW = """
import sys
from time import monotonic
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from app.cli.window import main

class Watcher(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # Once this paint, and with it the whole window's, is through.
            QTimer.singleShot(0, self, self.painted)
        return False

    def painted(self):
        heavy = [name for name in ("tensorflow", "hls4ml", "keras", "tf_keras") if name in sys.modules]
        print(monotonic(), len(window().canvas.canvas.picture.nodes), *heavy)
        window().close()

def window():
    return next(each for each in QApplication.topLevelWidgets() if hasattr(each, "canvas"))

def watch_and_go(app):
    watcher = Watcher(app)
    window().canvas.viewport().installEventFilter(watcher)
    return go()

# The command itself runs, watched from the moment it enters its event loop.
go, QApplication.exec = QApplication.exec, watch_and_go
main(sys.argv[1:])
"""


def run() -> list[tuple[str, float, str, float | None]]:
    """Rows of name, value, unit and limit."""
    _imports()
    _first_paint()
    pairs = [(_imports(), _first_paint()) for _ in range(RUNS)]
    imports, paints = (statistics.median(times) for times in zip(*pairs, strict=True))
    return [
        ("start: imports in a bare interpreter", imports, "s", None),
        ("start: process start to first paint of an example", paints, "s", None),
        ("start: first paint over imports", paints / imports, "", LIMIT),
    ]


def _imports() -> float:
    """Seconds that the imports take."""
    return float(_python(_IMPORTS))


def _first_paint() -> float:
    """Seconds from the start of the process; also asserts what must not be loaded by then."""
    with tempfile.TemporaryDirectory() as home:
        began = monotonic()
        moment, nodes, *heavy = _python(_WINDOW, str(EXAMPLE), home=home).split()
    assert int(nodes) > 10, "the example was not there at the first paint"
    assert not heavy, f"loaded before the first paint: {heavy}"
    return float(moment) - began


def _python(code: str, *arguments: str, home: str = "") -> str:
    places = {"XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home} if home else {}
    environment = {**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout
