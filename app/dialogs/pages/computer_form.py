"""The form of one computer: fields under their names, and what is wrong with them."""

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.dialogs.field import Field
from engine.computers import SSH, WSL, Computer, trouble_in
from widgets import theme
from widgets.controls import Segment, SegmentedControl

_KINDS = (Segment(SSH, "Over SSH"), Segment(WSL, "WSL on this computer"))
_PORT = QRegularExpression(r"[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5]")
"""1 to 65535: nothing else can be typed."""
_PORT_WIDTH = 72
_HOST = {
    SSH: ("Host", "user@host or SSH alias"),
    WSL: ("Distribution", "The usual one"),
}


class ComputerForm(QWidget):
    """`changed` follows what the user does. Shows a computer, and gives it back as the user left it."""

    changed = Signal()

    def __init__(self, has_wsl: bool) -> None:
        super().__init__()
        self.name, self.host, self.key = QLineEdit(), _mono(), _mono("Your agent and usual keys")
        self.port = _mono("usual")
        self.port.setValidator(QRegularExpressionValidator(_PORT, self.port))
        self.port.setFixedWidth(round(_PORT_WIDTH * theme.current().text_scale))
        self.tools = _mono("Search path and usual folders")
        self.setup, self.folder = _mono("None"), _mono("Its folder for temporary files")
        self.kind = SegmentedControl(_KINDS, "Way there")
        self.fields = self._make_fields()
        self._way = Field("Way there", self.kind)
        self._way.setVisible(has_wsl)
        self._lay_out()
        self.kind.selected.connect(self._edited)
        for edit in (self.name, self.host, self.port, self.key, self.tools, self.setup, self.folder):
            edit.textEdited.connect(self._edited)

    @property
    def computer(self) -> Computer:
        """What is typed."""
        return Computer(
            self.name.text().strip(),
            self.kind.value,
            self.host.text().strip(),
            int(self.port.text() or 0),
            self.key.text().strip(),
            self.tools.text().strip(),
            self.setup.text().strip(),
            self.folder.text().strip(),
        )

    def show_computer(self, computer: Computer) -> None:
        """Show a computer."""
        self.blockSignals(True)
        self.kind.set_value(computer.kind)
        self.port.setText(str(computer.port or ""))
        for name in ("name", "host", "key", "tools", "setup", "folder"):
            getattr(self, name).setText(getattr(computer, name))
        self.blockSignals(False)
        self._show_kind()

    def judge(self, taken: bool = False) -> bool:
        """Say what is wrong at each field; returns whether nothing is. `taken`: another has the same name."""
        reasons = trouble_in(self.computer)
        if taken:
            reasons["name"] = "Another computer has this name."
        for name, field in self.fields.items():
            field.set_error(reasons.get(name, ""))
        return not reasons

    def _edited(self) -> None:
        self._show_kind()
        self.changed.emit()

    def _show_kind(self) -> None:
        """Port and key are SSH's."""
        label, hint = _HOST[self.kind.value] if self.kind.value in _HOST else _HOST[SSH]
        self.fields["host"].set_label(label)
        self.host.setPlaceholderText(hint)
        self.host.setAccessibleName(label)
        for name in ("port", "key"):
            self.fields[name].setVisible(self.kind.value != WSL)

    def _ask_key(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Private key", self.key.text())
        if chosen:
            self.key.setText(chosen)
            self._edited()

    def _make_fields(self) -> dict[str, Field]:
        no_password = "Nothing ever asks for a password."
        browse = QPushButton("Choose…")
        browse.setAccessibleName("Choose the key file")
        browse.clicked.connect(self._ask_key)
        return {
            "name": Field("Name", self.name),
            "host": Field("Host", self.host),
            "port": Field("Port", self.port),
            "key": Field("Key file", self.key, no_password, row=_row((self.key, 1), (browse, 0))),
            "tools": Field("Tool folder there", self.tools, "Such as /tools/Xilinx."),
            "setup": Field(
                "Set-up script there", self.setup, "Such as settings64.sh; bash sources it before each run."
            ),
            "folder": Field("Work folder there", self.folder, "Each run has a folder in it until it ends."),
        }

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space(4))
        rows = ((("name", 2), ("host", 3), ("port", 0)), (("key", 1),), (("tools", 1), ("folder", 1)), (("setup", 1),))
        column.addWidget(self._way)
        for row in rows:
            column.addWidget(_row(*((self.fields[name], stretch) for name, stretch in row)))


def _mono(placeholder: str = "") -> QLineEdit:
    edit = QLineEdit(placeholderText=placeholder)
    edit.setProperty("mono", "true")
    return edit


def _row(*parts: tuple[QWidget, int]) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.current().space(3))
    for widget, stretch in parts:
        line.addWidget(widget, stretch)
    return row
