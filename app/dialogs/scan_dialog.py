"""Sensitivity: each layer at each width, in a window beside the design; a cell is set as one edit."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.dialogs.layout import above_foot, fit, foot, inset, primary, words
from app.main_window import MainWindow
from app.presenters.scan import point_words, scan_view
from app.rest import ADVICE_MS
from engine.design import set_on_layers
from engine.precision import parse
from engine.scan import Point
from widgets import theme
from widgets.scan import Over, ScanPlot, ScanTable, ScanView

_INTRO = "Each figure is of the design with only that layer narrowed; a marked one is worse by more than chance."
_CHOOSE = "Choose a figure in the table or the plot."
_BAND = "Dashed: the design as it is; within the band a difference may be chance."


class ScanDialog(QDialog):
    """Not modal: one goes on editing. It scans as it opens, unless there is a scan."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Sensitivity to bits")
        self._space = window.workspace
        self.table, self.plot, self.over = ScanTable(), ScanPlot(), QComboBox()
        for over in Over:
            self.over.addItem(over.value, over.value)
        self.over.setAccessibleName("Over")
        self.headline, self.words = words("", "dense"), words(_INTRO, "dense", "secondary")
        self.again, self.use = QPushButton(), primary("Set")
        self._compose()
        self.again.clicked.connect(self._start_or_stop)
        self.use.clicked.connect(self._use)
        self.over.currentIndexChanged.connect(lambda _place: self.plot.set_over(Over(self.over.currentData())))
        self.table.chosen.connect(self._judge)
        self.plot.chosen.connect(self.table.choose)
        self._space.scan.changed.connect(self._show)
        # A drag makes many steps.
        self._rest = QTimer(self, singleShot=True, interval=ADVICE_MS)
        self._rest.timeout.connect(self._show)
        self._space.document.undo_stack.indexChanged.connect(self._follow)
        if self._space.scan.scan is None:
            self._space.scan.start()
        self._show()
        fit(self, 980, 680)

    def _follow(self) -> None:
        """Not a lambda, which would outlive the dialog."""
        self._rest.start()

    def _start_or_stop(self) -> None:
        if self._space.scan.running:
            self._space.scan.cancel()
        else:
            self._space.scan.start()

    def _use(self) -> None:
        point = self._point()
        if point is not None:
            layer, role, type_ = point.layer, point.role, parse(point.type)
            self._space.edits.apply(
                f"{layer} to {point.bits} bits", lambda design: set_on_layers(design, (layer,), role, type_)
            )

    def _point(self) -> Point | None:
        current, found, view = self.table.current(), self._space.scan.scan, self.table.view
        if current is None or found is None:
            return None
        row, bits = view.rows[current[0]], view.widths[current[1]]
        sought = row.layer, row.role, bits
        return next((point for point in found.points if (point.layer, point.role, point.bits) == sought), None)

    def _show(self) -> None:
        live, design = self._space.scan, self._space.document.design
        found, flow = live.scan, self._space.live.flow
        view = ScanView() if found is None else scan_view(found, design, flow, stale=live.stale)
        self.plot.set_view(view)
        self.table.set_view(view)
        self._head.setVisible(bool(view.rows))
        why_not = "" if live.running else live.why_not()
        self.again.setText("Stop" if live.running else "Scan" if found is None else "Scan again")
        self.again.setEnabled(not why_not)
        self.again.setToolTip(f"Off: {why_not}." if why_not else "")
        self.headline.setText(self._said())
        self._judge()

    def _said(self) -> str:
        live = self._space.scan
        if live.scan is None or (live.running and live.stale):
            if live.waits:
                return "The scan waits for the jobs before it."
            return "First the present design is evaluated." if live.running else "Nothing is scanned yet."
        if live.running:
            return f"{len(live.scan.points):,} of {live.scan.count:,} tried."
        return f"Of an earlier design. {live.scan.summary}" if live.stale else live.scan.summary

    def _judge(self) -> None:
        point, found = self._point(), self._space.scan.scan
        self.plot.select(self.table.current())
        known = point is not None and point.layer in self._space.document.design.network
        self.use.setEnabled(known)
        self.use.setText(f"Set {point.layer} to {point.bits} bits" if point is not None and known else "Set")
        said = f"{point_words(point, found)}." if point is not None and found is not None else ""
        self.words.setText(said or _INTRO)
        self.use.setToolTip(said or _CHOOSE)

    def _compose(self) -> None:
        now = theme.current()
        column, self._head = QVBoxLayout(), QWidget()
        column.setSpacing(0)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(now.space(5), now.space(3), now.space(5), now.space(3))
        head.setSpacing(now.space(3))
        head.addWidget(words("Plotted over", wrap=False))
        head.addWidget(self.over)
        head.addStretch(1)
        head.addWidget(words(_BAND, "dense", "secondary", wrap=False))
        column.addWidget(self._head)
        column.addWidget(self.plot, 1)
        column.addLayout(inset(self.table), 1)
        for label, below in ((self.headline, 0), (self.words, now.space(3))):
            label.setContentsMargins(now.space(5), now.space(3), now.space(5), below)
            column.addWidget(label)
        above_foot(self, column, foot([self.again], [self.use]))
