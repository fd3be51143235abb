"""The scoreboard: the designs submitted to MLPerf Tiny, each a click away."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QPushButton

from app.dialogs.layout import above_foot, fit, foot, inset, primary, words
from app.main_window import MainWindow
from app.presenters.scoreboard import HELPS, TITLES, score_row
from engine.scoreboard.measured import measurements, source
from engine.scoreboard.scores import Score, score
from widgets.controls import TextTable

_SAID = "Simulated times leave out host and transfers. The designs open untrained: weights are made or imported then."


class ScoreboardDialog(QDialog):
    """Rows come one by one, as each is simulated; the chosen one opens as a design of its own."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("MLPerf Tiny scoreboard")
        self._studio = window.workspace.studio
        self._left = list(measurements())
        self._scores: list[Score] = []
        self.table = TextTable("Scoreboard", TITLES, HELPS)
        self.words = words(f"Measured: {source()}. {_SAID}", "dense", "secondary")
        self.opener = primary("Reproduce")
        self.opener.setEnabled(False)
        self.opener.setToolTip("Opens the design with its exact settings, untrained, and simulates it.")
        self.shut = QPushButton("Close")
        above_foot(self, inset(self.table), foot([self.words], [self.shut, self.opener]))
        self.table.selectionModel().selectionChanged.connect(self._follow)
        self.table.doubleClicked.connect(lambda _index: self._open())
        self.opener.clicked.connect(self._open)
        self.shut.clicked.connect(self.close)
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._score_one)
        self._next.start()
        fit(self, 1180, 420)

    def _score_one(self) -> None:
        """Each takes some hundredths of a second."""
        if not self._left:
            self._next.stop()
            return
        self._scores.append(score(self._left.pop(0)))
        self.table.set_rows([score_row(each) for each in self._scores])
        if not self._left:
            self.table.selectRow(0)

    def _follow(self) -> None:
        self.opener.setEnabled(bool(self.table.selectionModel().selectedRows()))

    def _open(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        if rows:
            self._studio.open_template(self._scores[rows[0].row()].design)
