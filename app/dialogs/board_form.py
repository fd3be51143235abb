"""The fields of a board, with what is wrong said at each."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from app.dialogs.board_draft import COMMON, Draft, Path, slug
from app.dialogs.field import Field
from app.dialogs.layout import padded, words
from app.sentence import sentence
from engine.boards import Family
from widgets import theme
from widgets.controls import clear

_SOURCE = "Document and place that say so"
_TERMS = {"LUT": "lut", "LUT4": "lut", "FF": "ff", "DSP": "dsp", "URAM": "uram", "AIE": "aie", "AIE-ML": "aie"}


class BoardForm(QWidget):
    """`changed` follows every edit. `touched` are the paths that the user has been at."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.touched: set[Path] = set()
        self._fields: dict[Path, Field] = {}
        self._edits: dict[Path, QLineEdit] = {}
        self._own_id = False
        self.family = QComboBox()
        for family in Family:
            self.family.addItem(f"{family.vendor} {family.label}", family.value)
        self._family_field = Field("Family", self.family)
        self._resources = QWidget()
        self._grid = _grid(self._resources)
        self._lay_out()
        self.family.currentIndexChanged.connect(self._change_family)
        self._show_units({})

    def draft(self) -> dict[Path, str]:
        """What is typed."""
        texts = {path: edit.text() for path, edit in self._edits.items()}
        return texts | {("family",): str(self.family.currentData())}

    def show_draft(self, draft: Draft, own_id: bool) -> None:
        """Show these texts; `own_id`: the id does not follow the name."""
        self.blockSignals(True)
        self.family.setCurrentIndex(max(self.family.findData(draft.get(("family",), "")), 0))
        self._show_units(draft)
        for path, edit in self._edits.items():
            edit.setText(draft.get(path, ""))
            edit.setCursorPosition(0)
        self._own_id = own_id
        self.touched.clear()
        self.blockSignals(False)
        self.changed.emit()

    def show_problems(self, problems: Mapping[Path, str], everywhere: bool) -> None:
        """Say what is wrong at the fields that were touched, or at all."""
        for path, field in self._fields.items():
            field.set_error(problems.get(path, "") if everywhere or path in self.touched else "")

    def field(self, path: Path) -> Field:
        """The field of an entry."""
        return self._fields[path]

    def edit(self, path: Path) -> QLineEdit:
        """The line of an entry."""
        return self._edits[path]

    def set_clock_hint(self, hint: str) -> None:
        """What is said beneath the clock period."""
        self._fields["clock", "ns"].set_hint(hint)

    def _lay_out(self) -> None:
        column = padded(self, spacing=5)
        for title, area in (
            ("Board", self._board_area()),
            ("Clock and power", self._clock_area()),
            ("Resources", self._resources),
        ):
            column.addWidget(words(title, "section"))
            column.addWidget(area)
        column.addStretch(1)

    def _board_area(self) -> QWidget:
        area = QWidget()
        grid = _grid(area)
        common = "Said once here, it counts for every figure below that names no source of its own."
        rows = (
            (self._line(("name",), "Name"), self._line(("id",), "Id", "Small letters, digits and hyphens.")),
            (self._line(("part",), "Part", "As the vendor's tools spell it."), self._family_field),
            (self._line(("url",), "Web page", "", "https://"), self._line(("part_source",), "Source of the part")),
        )
        for place, (left, right) in enumerate(rows):
            grid.addWidget(left, place, 0)
            grid.addWidget(right, place, 1)
        grid.addWidget(self._line(COMMON, "Source of the figures", common, _SOURCE), len(rows), 0, 1, 2)
        self._edits["name",].textEdited.connect(self._follow_name)
        self._edits["id",].textEdited.connect(self._keep_id)
        return area

    def _clock_area(self) -> QWidget:
        area = QWidget()
        grid = _grid(area)
        grid.addWidget(self._line(("clock", "ns"), "Usual clock period, ns"), 0, 0)
        grid.addWidget(self._line(("clock", "source"), "Source", "", _SOURCE), 0, 1)
        hint = "The board's published maximum; leave it empty where none is published."
        grid.addWidget(self._line(("power", "watts"), "Power, W", hint), 1, 0)
        grid.addWidget(self._line(("power", "source"), "Source", "", _SOURCE), 1, 1)
        hint = "Measured while the board infers; energy is latency times this."
        grid.addWidget(self._line(("running_power", "watts"), "Power while it runs, W", hint), 2, 0)
        grid.addWidget(self._line(("running_power", "source"), "Source", "", _SOURCE), 2, 1)
        return area

    def _line(self, path: Path, label: str, hint: str = "", placeholder: str = "", term: str = "") -> Field:
        edit = QLineEdit(placeholderText=placeholder)
        edit.setObjectName(".".join(path))
        edit.setAccessibleName(f"{label} of {path[-2]}" if label == "Source" else label)
        edit.textChanged.connect(self.changed)
        edit.textEdited.connect(lambda: self.touched.add(path))
        edit.editingFinished.connect(lambda: self._leave(path))
        field = Field(label, edit, hint, term)
        self._edits[path], self._fields[path] = edit, field
        return field

    def _leave(self, path: Path) -> None:
        """A field that was entered and left empty may be told so."""
        if path not in self.touched:
            self.touched.add(path)
            self.changed.emit()

    def _follow_name(self, name: str) -> None:
        if not self._own_id:
            self._edits["id",].setText(slug(name))
            self.touched.add(("id",))

    def _keep_id(self) -> None:
        self._own_id = True

    def _change_family(self) -> None:
        self._show_units(self.draft())
        self.changed.emit()

    def _show_units(self, draft: Draft) -> None:
        """Make the rows of the family's units anew; texts of units that stay are kept."""
        clear(self._grid)
        for path in [path for path in self._edits if path[0] == "resources"]:
            del self._edits[path], self._fields[path]
        for row, unit in enumerate(Family(self.family.currentData()).units):
            count, source = ("resources", unit.name, "count"), ("resources", unit.name, "source")
            hint = sentence(unit.meaning)
            self._grid.addWidget(self._line(count, unit.name, hint, "", _TERMS.get(unit.name, "bram18")), row, 0)
            self._grid.addWidget(self._line(source, "Source", "", _SOURCE), row, 1)
            for path in (count, source):
                self._edits[path].setText(draft.get(path, ""))


def _grid(area: QWidget) -> QGridLayout:
    grid = QGridLayout(area)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.current().space(5))
    grid.setVerticalSpacing(theme.current().space(5))
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid
