"""Ranges of every layer's numbers against their types, in a window beside the design that follows its edits."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QDialog, QPushButton, QVBoxLayout

from app.controllers.ranges import HELP, WORDS
from app.dialogs.layout import above_foot, fit, foot, inset, primary, words
from app.main_window import MainWindow
from app.presenters.ranges import ranges_view
from app.rest import ADVICE_MS
from app.sentence import sentence
from engine.ranges import Method
from engine.ranges.job import summary
from widgets import theme
from widgets.ranges import RangeTable

_NOTHING_BETTER = "The types are those already."


class RangesDialog(QDialog):
    """Not modal: one goes on editing, and the figures follow. It measures as it opens, unless that is done."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Ranges")
        self._space = window.workspace
        self.table, self.words = RangeTable(), words("", "dense", "secondary")
        self.method = QComboBox()
        self.method.setAccessibleName("Suggest types by")
        for method in Method:
            self.method.addItem(WORDS[method], method.value)
            self.method.setItemData(self.method.count() - 1, HELP[method], Qt.ItemDataRole.ToolTipRole)
        self.again, self.use_some, self.use_all = QPushButton(), QPushButton(), primary("Set all")
        self._compose()
        self._connect()
        if not self._space.measured.ranges.spreads:
            self._space.measured.start()
        self._show()
        fit(self, 940, 620)

    def _connect(self) -> None:
        space = self._space
        self.method.currentIndexChanged.connect(self._show)
        self.again.clicked.connect(space.measured.start)
        self.use_all.clicked.connect(lambda: space.ranges.use(self._method()))
        self.use_some.clicked.connect(lambda: space.ranges.use(self._method(), self.table.layers()))
        self.table.chosen.connect(self._choose)
        space.measured.changed.connect(self._show)
        # A drag makes many steps, and every line asks for its types anew.
        self._rest = QTimer(self, singleShot=True, interval=ADVICE_MS)
        self._rest.timeout.connect(self._show)
        space.document.undo_stack.indexChanged.connect(self._follow)

    def _follow(self) -> None:
        """Not a lambda, which would outlive the dialog."""
        self._rest.start()

    def _method(self) -> Method:
        return Method(self.method.currentData())

    def _choose(self, layers: tuple[str, ...]) -> None:
        """The same layers are selected in the window."""
        if layers:
            self._space.selection.set(layers)
        self._judge()

    def _show(self) -> None:
        space, method = self._space, self._method()
        types = space.ranges.types(method)
        found = space.measured.ranges
        self.table.set_view(ranges_view(found, space.document.design, space.live.flow, types))
        self.method.setToolTip(HELP[method])
        why_not = space.measured.why_not()
        self.again.setText("Measuring…" if space.measured.running else "Measure again" if found.spreads else "Measure")
        self.again.setEnabled(not why_not)
        self.again.setToolTip(f"Off: {why_not}." if why_not else "Over the samples of the data set, in a job.")
        self.words.setText(summary(found) if found.spreads else sentence(why_not) or "Nothing is measured yet.")
        self._judge()

    def _judge(self) -> None:
        """Whether there is something to set, here and there."""
        types, layers = self._space.ranges.types(self._method()), self.table.layers()
        some = [layer for layer, _ in types if layer in layers]
        self.use_all.setEnabled(bool(types))
        self.use_all.setToolTip("As one step that can be undone." if types else _NOTHING_BETTER)
        self.use_some.setText(f"Set {layers[0]}" if len(layers) == 1 else "Set selected")
        self.use_some.setEnabled(bool(some))
        off = _NOTHING_BETTER if layers else "Select lines first."
        self.use_some.setToolTip("As one step that can be undone." if some else off)

    def _compose(self) -> None:
        now, column = theme.current(), QVBoxLayout()
        column.setSpacing(0)
        self.words.setContentsMargins(now.space(5), now.space(3), now.space(5), now.space(3))
        column.addLayout(inset(self.table), 1)
        column.addWidget(self.words)
        label = words("Suggest types by", wrap=False)
        above_foot(self, column, foot([self.again], [label, self.method, self.use_some, self.use_all]))
