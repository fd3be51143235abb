"""CalibrationPage: estimates against reports of own runs, in two charts and a table."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from widgets import theme
from widgets.calibration.errors import ErrorLines
from widgets.calibration.model import CalibrationView, Chart
from widgets.calibration.scatter import Scatter
from widgets.calibration.table import OwnRunsTable
from widgets.controls import EmptyState, Segment, SegmentedControl, clear

_TEACHES = (
    "Each synthesis that comes to its end teaches the estimates what that version of the tool makes of a design. "
    "Runs of all projects on this computer count."
)
_FOREIGN = "They count only if you say so: another computer's tool may have made them."


class CalibrationPage(QWidget):
    """`used_changed` says whether estimates shall learn; the others carry what a button asks for."""

    used_changed = Signal(bool)
    learn_requested = Signal()
    export_requested = Signal()
    reset_requested = Signal()
    first_run_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view, self._group, self._quantity = CalibrationView(), "", "LUT"
        self.groups, self.sentence = QComboBox(), QLabel(wordWrap=True)
        self.scatter, self.errors, self.table = Scatter(), ErrorLines(), OwnRunsTable()
        self.used = QCheckBox("Correct estimates by own runs")
        self.note = QLabel()
        self.learn, self.export = QPushButton(), QPushButton("Export CSV…")
        self.reset = QPushButton("Reset…")
        self.empty = EmptyState("chart", "No own runs yet", _TEACHES, "Synthesise…")
        self.quantities = SegmentedControl((), "Quantity", equal=False)
        self._choices = QHBoxLayout()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.set_view(self._view)

    def set_view(self, view: CalibrationView) -> None:
        """Show these runs; group, quantity and run stay chosen where they are still there."""
        self._view = view
        group = view.group(self._group)
        self._group = group.id if group else ""
        self._show_choices()
        self.used.setChecked(view.used)
        self.note.setText(view.note)
        self.note.setVisible(bool(view.note))
        self._show_teachable()
        self.table.set_view(view, self._group)
        self._show_charts()
        self._pages.setCurrentIndex(1 if view.runs else 0)

    @property
    def chart(self) -> Chart | None:
        """The chart in sight."""
        group = self._view.group(self._group)
        return group.charts.get(self._quantity) if group else None

    def _show_choices(self) -> None:
        """Groups in the list; quantities of the chosen one as segments."""
        self.groups.blockSignals(True)
        self.groups.clear()
        for each in self._view.groups:
            self.groups.addItem(each.label, each.id)
        self.groups.setCurrentIndex(self.groups.findData(self._group))
        self.groups.blockSignals(False)
        group = self._view.group(self._group)
        labels = [(key, label) for key, label in self._view.quantities if group and key in group.charts]
        if labels and self._quantity not in dict(labels):
            self._quantity = labels[0][0]
        clear(self._choices)
        self.quantities = SegmentedControl([Segment(*pair) for pair in labels], "Quantity", equal=False)
        self.quantities.selected.connect(self._choose_quantity)
        self.quantities.set_value(self._quantity)
        self._choices.addWidget(self.quantities)

    def _show_teachable(self) -> None:
        count = self._view.teachable
        reports = f"{count} report{'' if count == 1 else 's'}"
        self.learn.setText(f"Learn from {reports} of this project")
        self.learn.setToolTip(_FOREIGN)
        self.learn.setVisible(bool(count))
        more = f" This project has {reports}. {_FOREIGN}" if count else ""
        self.empty.set_sentence(f"{_TEACHES}{more}")
        self.empty.button.setText(f"Learn from {reports}" if count else "Synthesise…")

    def _show_charts(self) -> None:
        chart = self.chart
        self.sentence.setText(chart.sentence if chart else "")
        self.scatter.set_chart(chart)
        self.errors.set_chart(chart)
        self.scatter.select(self.table.current())
        self.table.stand_back(self._group)

    def _choose_group(self, place: int) -> None:
        self._group = self.groups.itemData(place) or ""
        self._show_choices()
        self._show_charts()

    def _choose_quantity(self, quantity: str) -> None:
        self._quantity = quantity
        self._show_charts()

    def _choose_run(self, run: str) -> None:
        """Follow the run to its group."""
        self.table.select_run(run)
        group = next(each.group for each in self._view.runs if each.id == run)
        if group and group != self._group:
            self.groups.setCurrentIndex(self.groups.findData(group))
        self.scatter.select(run)

    def _on_empty(self) -> None:
        (self.learn_requested if self._view.teachable else self.first_run_requested).emit()

    def _connect(self) -> None:
        self.groups.currentIndexChanged.connect(self._choose_group)
        self.table.chosen.connect(self._choose_run)
        self.scatter.chosen.connect(self._choose_run)
        self.used.clicked.connect(self.used_changed)
        self.learn.clicked.connect(self.learn_requested)
        self.export.clicked.connect(self.export_requested)
        self.reset.clicked.connect(self.reset_requested)
        self.empty.activated.connect(self._on_empty)

    def _lay_out(self) -> None:
        now = theme.current()
        self.groups.setAccessibleName("Tool, level and device family")
        # A long name gives way: the quantities beside it do not.
        self.groups.setMinimumWidth(now.size("inspectorSmall") // 2)
        self.setProperty("term", "own_runs")
        self.sentence.setProperty("type", "dense")
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setProperty("type", "dense")
        self.note.setProperty("tone", "secondary")
        head, charts, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.setSpacing(now.space(4))
        head.addWidget(self.groups)
        head.addLayout(self._choices)
        head.addStretch(1)
        charts.setSpacing(now.space(5))
        charts.addWidget(self.scatter, 1)
        charts.addWidget(self.errors, 1)
        foot.setSpacing(now.space(3))
        foot.addWidget(self.used)
        foot.addWidget(self.note)
        foot.addStretch(1)
        for button in (self.learn, self.export, self.reset):
            foot.addWidget(button)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(now.space(5), now.space(5), now.space(5), now.space(4))
        column.setSpacing(now.space(4))
        column.addLayout(head)
        column.addWidget(self.sentence)
        column.addLayout(charts, 3)
        column.addWidget(self.table, 2)
        column.addLayout(foot)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(filled)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
