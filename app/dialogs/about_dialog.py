"""About the studio: version, licence, this computer, and the libraries it is made with."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.about_facts import as_text, studio_version, system_facts
from app.dialogs.layout import above_foot, buttons, fit, padded, words
from app.libraries import Library, libraries
from widgets import theme
from widgets.controls import DenseTable

_COPIED = "Copied"


class AboutDialog(QDialog):
    """Everything in it can be copied with one button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("About Codesign Studio")
        self.table = _table(libraries())
        self.copy = QPushButton("Copy all")
        self.copy.setToolTip("Version, system and libraries as text, for a report of a problem")
        self.copy.clicked.connect(self._copy)
        self._lay_out()
        fit(self, 640, 600)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(as_text())
        self.copy.setText(_COPIED)

    def _lay_out(self) -> None:
        content = QWidget()
        column = padded(content)
        column.addLayout(_head())
        column.addLayout(_facts())
        column.addWidget(words("Made with", "section"))
        column.addWidget(self.table, 1)
        close = QPushButton("Close")
        close.setDefault(True)
        foot = buttons(
            (self.copy, QDialogButtonBox.ButtonRole.ActionRole), (close, QDialogButtonBox.ButtonRole.RejectRole)
        )
        foot.rejected.connect(self.reject)
        above_foot(self, content, foot)


def _head() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.current().space(5))
    row.addWidget(_Logo(), 0, Qt.AlignmentFlag.AlignTop)
    lines = QVBoxLayout()
    lines.setSpacing(theme.current().space(1))
    lines.addWidget(words("Codesign Studio", "figure"))
    lines.addWidget(words(f"{studio_version()} · Apache License 2.0", tone="secondary"))
    lines.addWidget(words("See what a network costs on your board while you change it.", tone="secondary"))
    row.addLayout(lines, 1)
    return row


def _facts() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(theme.current().space(5))
    form.setVerticalSpacing(theme.current().space(2))
    for name, value in system_facts():
        shown = words(value, wrap=False)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form.addRow(words(name, tone="secondary", wrap=False), shown)
    return form


def _table(shown: tuple[Library, ...]) -> QTableWidget:
    table = QTableWidget(len(shown), 3)
    table.setHorizontalHeaderLabels(["Library", "Version", "Licence"])
    table.setAccessibleName("Libraries and their licences")
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    head = table.horizontalHeader()
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    for row, library in enumerate(shown):
        for column, text in enumerate((library.name, library.version, library.licence)):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            table.setItem(row, column, item)
    DenseTable(table)
    return table


class _Logo(QWidget):
    """The studio's mark."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        side = theme.current().size("control") * 2
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        theme.paint_icon(QPainter(self), QRectF(self.rect()), "logo", "accent")
