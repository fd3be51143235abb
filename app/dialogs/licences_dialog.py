"""The licences of all that comes with the studio: libraries at the left, the text of the chosen one at the right."""

from pathlib import Path

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.layout import above_foot, buttons, fit, hairline, padded, words
from app.libraries import Library, libraries
from widgets import theme

_LIST_WIDTH = 220
_EXCHANGE = (
    "Qt and PySide are used under the LGPL: you may exchange them. They lie as files of their own, with the other "
    "libraries, in {folder}"
)
_NO_TEXT = "The text of this licence lies in the library's own package."


class LicencesDialog(QDialog):
    """Opens at the first library."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Licences")
        self._libraries = libraries()
        self.names = QListWidget()
        self.names.setAccessibleName("Libraries")
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title, self.licence = words("", "title"), words("", tone="secondary")
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setAccessibleName("Text of the licence")
        self._lay_out()
        for each in self._libraries:
            QListWidgetItem(each.name, self.names)
        self.names.currentRowChanged.connect(lambda row: self._show(self._libraries[row]))
        self.names.setCurrentRow(0)
        fit(self, 920, 600)

    def _show(self, library: Library) -> None:
        self.title.setText(f"{library.name} {library.version}")
        self.licence.setText(library.licence)
        self.text.setPlainText(library.text or _NO_TEXT)

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        now = theme.current()
        left = QWidget()
        left.setFixedWidth(round(_LIST_WIDTH * now.text_scale))
        names = QVBoxLayout(left)
        names.setContentsMargins(now.space(4), now.space(4), now.space(4), 0)
        names.addWidget(self.names)
        right = QWidget()
        column = padded(right, spacing=2)
        column.addWidget(self.title)
        column.addWidget(self.licence)
        column.addWidget(self.text, 1)
        column.addWidget(words(_EXCHANGE.format(folder=_folder()), tone="secondary"))
        for widget, stretch in ((left, 0), (hairline(vertical=True), 0), (right, 1)):
            middle.addWidget(widget, stretch)
        close = QPushButton("Close")
        close.setDefault(True)
        foot = buttons((close, QDialogButtonBox.ButtonRole.RejectRole))
        foot.rejected.connect(self.reject)
        above_foot(self, middle, foot)


def _folder() -> Path:
    """Where the libraries lie, in an installer and in an environment."""
    return Path(PySide6.__path__[0]).parent
