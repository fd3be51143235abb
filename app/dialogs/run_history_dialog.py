"""All runs of a document, in a window beside it that follows its edits."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QVBoxLayout

from app.dialogs.layout import fit
from app.main_window import MainWindow
from app.presenters.run_history import beside_estimate, history_view, side_by_side
from app.rest import ADVICE_MS
from app.wiring.jobs import open_folder
from widgets.runs import RunHistory

_HINT = "Select a run to see its report beside the estimate. Select two to compare them."


class RunHistoryDialog(QDialog):
    """Not modal: one goes on editing, and runs grow older."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Run history")
        self._window, self._document = window, window.workspace.document
        self.history = RunHistory()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.history)
        # A drag makes many steps.
        self._rest = QTimer(self, singleShot=True, interval=ADVICE_MS)
        self._rest.timeout.connect(self._show)
        self._document.runs_changed.connect(self._show)
        self._document.undo_stack.indexChanged.connect(self._follow)
        self.history.chosen.connect(self._compare)
        self.history.folder_requested.connect(self._open_folder)
        self.history.first_run_requested.connect(self._convert)
        self._show()
        self._compare(())
        fit(self, 1302, 640)

    def _follow(self) -> None:
        """Not a lambda, which would outlive the dialog."""
        self._rest.start()

    def _show(self) -> None:
        self.history.set_view(history_view(self._document.runs, self._window.workspace.runs.versions.edits_since))

    def _compare(self, ids: tuple[str, ...]) -> None:
        # The older one stands at the left; the ledger's order tells those of one second apart.
        places = sorted((int(each) for each in ids), key=lambda place: (self._document.runs[place].started, place))
        panel = self.history.comparison
        match [self._document.runs[place] for place in places]:
            case [run] if run.totals:
                panel.show_comparison(beside_estimate(run))
            case [run]:
                panel.show_hint(run.reason or "This run yields no report of resources or speed.")
            case [one, other] if one.totals and other.totals:
                panel.show_comparison(side_by_side(one, other))
            case [_, _]:
                panel.show_hint("One of the two runs has no report. Select two that have.")
            case _:
                panel.show_hint(_HINT)

    def _open_folder(self, run_id: str) -> None:
        open_folder(self._window, self._document.runs[int(run_id)].folder)

    def _convert(self) -> None:
        self._window.commands.run("run.convert")
