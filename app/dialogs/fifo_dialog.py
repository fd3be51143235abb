"""How full each FIFO gets, in a window beside the design that follows its edits."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton

from app.dialogs.layout import above_foot, fit, foot, inset, primary, words
from app.main_window import MainWindow
from app.presenters.fifos import fifos_view
from app.sentence import sentence
from widgets.fifos import FifosView, FifoTable

_WAITING = "The run is being simulated."


class FifoDialog(QDialog):
    """Not modal: one goes on editing, and each edit is simulated anew."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("FIFOs")
        self._space = window.workspace
        self.table = FifoTable()
        self.words = words("", "dense", "secondary")
        self.set_needed, self.reset = primary("Set all as needed"), QPushButton("Reset")
        self.set_needed.clicked.connect(self._space.fifos.set_needed)
        self.reset.clicked.connect(self._space.fifos.reset)
        self.table.depth_set.connect(self._space.fifos.set)
        above_foot(self, inset(self.table), foot([self.words], [self.reset, self.set_needed]))
        self._space.simulated.changed.connect(self._show)
        self._space.document.undo_stack.indexChanged.connect(self._show)
        self._show()
        fit(self, 980, 560)

    def _show(self) -> None:
        space, simulation, view = self._space, self._space.simulated.simulation, FifosView()
        stale = space.simulated.stale
        if simulation is not None:
            view = fifos_view(simulation, space.document.design, space.live.flow, stale=stale)
        self.table.set_view(view)
        off, saving = space.fifos.why_not(), space.fifos.saving()
        gain = f"{saving}, at no cost in latency or rate" if saving else off
        self.words.setText(sentence(_WAITING if stale else gain))
        for button, why in ((self.set_needed, off), (self.reset, space.fifos.reset_off())):
            button.setEnabled(not why)
            button.setToolTip(sentence(why))
