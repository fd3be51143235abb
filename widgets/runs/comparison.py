"""ComparisonPanel: two columns of figures side by side, in total or layer by layer."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from widgets import theme
from widgets.controls import LEFT, RIGHT, DenseTable, Notice, Segment, SegmentedControl, clear
from widgets.runs.model import Comparison, ComparisonRow


class ComparisonPanel(QWidget):
    """Shows a comparison, or a sentence where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._comparison: Comparison | None = None
        self._page = "Total"
        self._hint = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._hint.setProperty("tone", "secondary")
        self._warning = Notice("")
        self._titles: list[str] = []
        self._segments, self._turner = SegmentedControl((), "Total or by layer"), QVBoxLayout()
        self._turner.addWidget(self._segments)
        self.table = _table()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space(3))
        column.addWidget(self._warning)
        column.addLayout(self._turner)
        column.addWidget(self.table, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._hint)
        self._pages.addWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def show_hint(self, sentence: str) -> None:
        """Show no figures, but what would bring some."""
        self._comparison = None
        self._hint.setText(sentence)
        self._pages.setCurrentIndex(0)

    def show_comparison(self, comparison: Comparison) -> None:
        """Show two columns; the page stays where the other comparison has one of that title."""
        if comparison == self._comparison:
            return
        self._comparison = comparison
        titles = [title for title, _ in comparison.pages]
        self._page = self._page if self._page in titles else titles[0]
        self._show_head(titles)
        self._pages.setCurrentIndex(1)
        self._fill()

    def _show_head(self, titles: list[str]) -> None:
        assert self._comparison is not None
        self._warning.show_statement(self._comparison.warning, "warning")
        self._warning.setVisible(bool(self._comparison.warning))
        if titles != self._titles:
            self._titles = titles
            clear(self._turner)
            segments = [Segment(title, title) for title in titles]
            self._segments = SegmentedControl(segments, "Total or by layer", equal=False)
            self._segments.selected.connect(self._turn)
            self._turner.addWidget(self._segments)
            self._segments.setVisible(len(titles) > 1)
        self._segments.set_value(self._page)

    def _turn(self, page: str) -> None:
        self._page = page
        self._fill()

    def _fill(self) -> None:
        assert self._comparison is not None
        rows = dict(self._comparison.pages)[self._page]
        first = "Quantity" if self._page == "Total" else "Layer"
        self.table.setHorizontalHeaderLabels([first, self._comparison.left, self._comparison.right, "Difference"])
        if head := self.table.horizontalHeaderItem(0):
            head.setTextAlignment(LEFT)
        self.table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            self._fill_row(place, row)

    def _fill_row(self, place: int, row: ComparisonRow) -> None:
        for column, text in enumerate((row.name, row.left, row.right, row.difference)):
            item = QTableWidgetItem(text)
            item.setFont(theme.current().font("dense"))
            if column:
                item.setTextAlignment(RIGHT)
            self.table.setItem(place, column, item)


def _table() -> QTableWidget:
    table = QTableWidget(0, 4)
    table.setAccessibleName("Comparison")
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    head = table.horizontalHeader()
    head.setDefaultAlignment(RIGHT)
    head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    DenseTable(table)
    return table
