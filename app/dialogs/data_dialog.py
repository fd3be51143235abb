"""Data set: where it comes from, how it is split, what is in it, and whether it fits the network."""

from dataclasses import replace
from pathlib import Path, PurePath

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.dialogs.data_reader import DataReader
from app.dialogs.field import Field
from app.dialogs.layout import above_foot, buttons, fit, make_default, padded, primary, words
from app.dialogs.source_list import FILE, FOLDER, SourceList
from engine.data.offers import Offer, offers
from engine.data.sources import CSV_ENDINGS
from engine.design import DataReference, DataSource
from engine.network import Network
from widgets import theme
from widgets.controls import IntField, Notice
from widgets.data import BalanceTable, DataView, SamplePreview

_NONE = "None: samples of the example, else made-up ones"
_FILES = "Data (*.npz *.npy *.csv *.tsv *.txt);;All files (*)"
_ANSWERS = "Empty: the one called label, class or target, else the last."
_TOO_MUCH = "Both together are more than 100 %."
_INTRO = "The network is trained and judged on it. The project keeps where the data are, not the data."


class DataDialog(QDialog):
    """After `exec()` returns true, `reference` is the data set that the user wants."""

    def __init__(self, network: Network, data: DataReference | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Data set")
        self._network, self.reference = network, data
        self.source, self.choose = SourceList(), QPushButton("Choose…")
        self.seed, self.validation, self.test = IntField(0, 999_999), IntField(0, 90, "%"), IntField(0, 100, "%")
        self.label = QLineEdit()
        self.label.editingFinished.connect(self._relabel)
        self.notice, self.table, self.preview = Notice("", "danger"), BalanceTable(), SamplePreview()
        self.headline = words("", "dense", "secondary")
        self.use = primary("Use data set")
        self.reader = DataReader(network, self)
        self.reader.read.connect(self._show)
        self.finished.connect(self.reader.forget)
        self._lay_out()
        make_default(self.use)
        self._offer()
        self._show_reference()
        self.source.taken.connect(self._take)
        self.source.passed.connect(self._pass)
        self.choose.clicked.connect(lambda: self._take(self.source.currentIndex()))
        for field in (self.seed, self.validation, self.test):
            field.valueChanged.connect(self._resplit)
        self._look()
        fit(self, 620, 660)

    def _offer(self) -> None:
        """None, what fits, a file, and what does not fit, with the reason."""
        self.source.addItem(_NONE, None)
        for offer in offers(self._network):
            if not offer.off:
                self._add(offer)
        self.source.addItem(FILE, FILE)
        self.source.addItem(FOLDER, FOLDER)
        for offer in offers(self._network):
            if offer.off:
                self._add(offer)

    def _add(self, offer: Offer) -> None:
        self.source.addItem(offer.title, offer.reference)
        place = self.source.count() - 1
        self.source.setItemData(place, f"Off: {offer.off}." if offer.off else offer.what, Qt.ItemDataRole.ToolTipRole)
        model = self.source.model()
        assert isinstance(model, QStandardItemModel)
        model.item(place).setEnabled(not offer.off)

    def _take(self, place: int) -> None:
        """Use this source; ask for the file where it is one."""
        chosen = self.source.itemData(place)
        if chosen == FILE:
            path, _ = QFileDialog.getOpenFileName(self, "Data set", self._folder(), _FILES)
            chosen = DataReference(DataSource.FILE, str(Path(path))) if path else self.reference
        elif chosen == FOLDER:
            path = QFileDialog.getExistingDirectory(self, "Folder with a folder for each class", self._folder())
            chosen = DataReference(DataSource.FOLDER, str(Path(path))) if path else self.reference
        self.reference = chosen
        self._show_reference()
        self._show_reading()
        self._look()

    def _pass(self, place: int) -> None:
        """Show this source on the way through the list; a file is asked for by Enter or the button alone."""
        if not self.source.asks:
            self._take(place)
        elif self._place() == place:
            self._show_reference()
            self._look()
        else:
            self._wait_for_choice()

    def _wait_for_choice(self) -> None:
        what = "file" if self.source.currentData() == FILE else "folder"
        self.reader.forget()
        self._show(DataView(), "")
        self._where.set_hint(f"Press Enter or Choose… to choose the {what}.")
        self.use.setEnabled(False)
        self.use.setToolTip(f"Choose a {what} first.")
        for widget in (self.seed, self.validation, self.test):
            widget.setEnabled(False)
        self._answers.setVisible(False)
        self.choose.setVisible(True)

    def _folder(self) -> str:
        """Where the present file lies."""
        return str(Path(self.reference.name).parent) if self.reference and self.reference.has_path else ""

    def _show_reference(self) -> None:
        """Put the fields where the reference has them."""
        found = self.reference
        for field, value in (
            (self.seed, found.seed if found else 1),
            (self.validation, round(100 * found.validation) if found else 15),
            (self.test, round(100 * found.test) if found else 15),
        ):
            field.blockSignals(True)
            field.setValue(value)
            field.blockSignals(False)
        self.seed.setEnabled(found is not None)
        self.label.setText(found.label if found else "")
        self._check_shares()
        self._answers.setVisible(found is not None and PurePath(found.name).suffix.lower() in CSV_ENDINGS)
        self.source.setCurrentIndex(self._place())
        self.choose.setVisible(self.source.asks)

    def _place(self) -> int:
        if self.reference is None:
            return 0
        same = [
            place
            for place in range(self.source.count())
            if isinstance(each := self.source.itemData(place), DataReference)
            and (each.source, each.name) == (self.reference.source, self.reference.name)
        ]
        own = FOLDER if self.reference.source is DataSource.FOLDER else FILE
        return same[0] if same else self.source.findData(own)

    def _resplit(self) -> None:
        if self.reference is None:
            return
        if self._check_shares():
            validation, test = self.validation.value() / 100, self.test.value() / 100
            self.reference = replace(self.reference, seed=self.seed.value(), validation=validation, test=test)
            self._look()
        else:
            # A reading of the shares from before may be under way.
            self.reader.forget()
            self.use.setEnabled(False)
            self.use.setToolTip(_TOO_MUCH)

    def _check_shares(self) -> bool:
        """Whether there are samples for both, which is said where there are not."""
        enough = self.validation.value() + self.test.value() <= 100
        self._shares.set_error("" if enough else _TOO_MUCH)
        return enough

    def _relabel(self) -> None:
        if self.reference is not None and self.label.text() != self.reference.label:
            self.reference = replace(self.reference, label=self.label.text().strip())
            self._look()

    def _look(self) -> None:
        """Read the data to show what is in them, or why they cannot be used."""
        if self.reference is None:
            self.reader.forget()
            self._show(DataView(), "")
        else:
            self.use.setEnabled(False)
            self.use.setToolTip("The data are being read.")
            self.reader.start(self.reference)

    def _show_reading(self) -> None:
        """What was shown is of another data set."""
        for widget in (self.notice, self.preview, self.table):
            widget.setVisible(False)
        self.headline.setText("The data are being read.")
        self.headline.setVisible(True)

    def _show(self, view: DataView, wrong: str) -> None:
        self._hint(wrong)
        self.notice.show_statement(wrong or view.warning, "danger" if wrong else "warning")
        self.notice.setVisible(bool(wrong or view.warning))
        self.use.setEnabled(not wrong)
        self.use.setToolTip("Choose data that fit the network." if wrong else "")
        for split, field in (("validation", self.validation), ("test", self.test)):
            field.setEnabled(self.reference is not None and split not in view.own_splits)
            field.setToolTip("The source has this split itself." if split in view.own_splits else "")
        for widget in (self.headline, self.preview, self.table):
            widget.setVisible(bool(view.rows))
        self.table.set_view(view)
        self.preview.set_samples(view.samples)
        self.headline.setText(view.headline)

    def _hint(self, wrong: str) -> None:
        found = self.reference
        self._where.set_hint(found.name if found is not None and found.has_path and not wrong else "")

    def _lay_out(self) -> None:
        body, now = QWidget(), theme.current()
        column = padded(body)
        where = QWidget()
        beside = QHBoxLayout(where)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.source, 1)
        beside.addWidget(self.choose)
        self._where = Field("Where from", self.source, row=where)
        self._answers = Field("Column of answers", self.label, _ANSWERS)
        self._shares = Field("Validation", self.validation)
        row = QHBoxLayout()
        row.setSpacing(now.space(5))
        for field in (Field("Seed", self.seed), self._shares, Field("Test", self.test)):
            row.addWidget(field)
        column.addWidget(words(_INTRO, tone="secondary"))
        column.addWidget(self._where)
        column.addWidget(self._answers)
        column.addLayout(row)
        for widget in (self.notice, self.headline, self.preview):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addStretch()
        role = QDialogButtonBox.ButtonRole
        foot = buttons((self.use, role.AcceptRole), (QPushButton("Cancel"), role.RejectRole))
        foot.accepted.connect(self.accept)
        foot.rejected.connect(self.reject)
        above_foot(self, body, foot)
