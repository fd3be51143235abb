"""Synthesise: which steps, and on which computer; what is chosen here is what the button does from then on."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.controllers.tool_runs import ToolRuns, missing_here, tool_of
from app.dialogs.choice_row import ChoiceRow
from app.dialogs.explain import explain_on_f1
from app.dialogs.layout import above_foot, buttons, fit, make_default, padded, primary, scrolled, words
from engine.computers import Computer, trouble_in
from engine.environment import version_of
from engine.flows.flow import JobOffer, JobStep
from widgets import theme
from widgets.controls import clear

_NO_OTHER = "No other computer is set up. A tool may also run on one that you reach over SSH."


class SynthesiseDialog(QDialog):
    """After `exec()` returns true, `steps` and `place` are what the user wants.

    `edit_computers` opens the preferences over a dialog.
    """

    def __init__(
        self, offer: JobOffer, tools: ToolRuns, edit_computers: Callable[[QWidget], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(offer.label)
        self._offer, self._tools, self._edit_computers = offer, tools, edit_computers
        self.step_rows = {step.key: _step_row(step, step.key in tools.steps(offer)) for step in offer.steps}
        self.place_rows: dict[str, ChoiceRow] = {}
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(self._judge)
        self._places = QVBoxLayout()
        self._places.setSpacing(theme.current().space(4))
        self.computers = QPushButton("Computers…")
        self.computers.setProperty("role", "link")
        self.computers.clicked.connect(self._ask_computers)
        self.start = primary(offer.label)
        self._lay_out()
        make_default(self.start)
        computer = tools.computer(offer) if offer.tool else None
        self._show_places(computer.name if computer else "")
        explain_on_f1(self)
        fit(self, 580, 540)

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps wanted besides those that are always taken."""
        return tuple(
            step.key for step in self._offer.steps if not step.always and self.step_rows[step.key].button.isChecked()
        )

    @property
    def place(self) -> str:
        """The name of the computer chosen; '' for this one."""
        return next((name for name, row in self.place_rows.items() if row.button.isChecked()), "")

    def _ask_computers(self) -> None:
        self._edit_computers(self)
        self._tools.look_again()
        self._show_places(self.place)

    def _show_places(self, chosen: str) -> None:
        """A row for this computer, one for each other; `chosen` where it can be, else the first that can."""
        clear(self._places)
        computers = self._tools.computers() if self._offer.tool else ()
        self.place_rows = {"": self._here()} | {computer.name: _elsewhere(computer) for computer in computers}
        for row in self.place_rows.values():
            self._group.addButton(row.button)
            self._places.addWidget(row)
        if self._offer.tool and not computers:
            self._places.addWidget(words(_NO_OTHER, "dense", "secondary"))
        can = [name for name, row in self.place_rows.items() if row.button.isEnabled()]
        if can:
            self.place_rows[chosen if chosen in can else can[0]].button.setChecked(True)
        self._judge()

    def _here(self) -> ChoiceRow:
        button = QRadioButton("This computer")
        if not self._offer.tool:
            return ChoiceRow(button, "The studio brings the tools.")
        found, title = self._tools.here(self._offer), tool_of(self._offer).title
        if found is None:
            return ChoiceRow(button, "", reason=f"{missing_here(self._offer)}.")
        return ChoiceRow(button, str(found), f"{title} {version_of(found)}".strip())

    def _judge(self) -> None:
        can = any(row.button.isChecked() for row in self.place_rows.values())
        self.start.setEnabled(can)
        self.start.setToolTip("" if can else "Choose a computer that has the tool.")

    def _lay_out(self) -> None:
        body = QWidget()
        column = padded(body)
        column.addWidget(words("Steps", "section"))
        for row in self.step_rows.values():
            column.addWidget(row)
        if self._offer.not_offered:
            column.addWidget(words(self._offer.not_offered, "dense", "secondary"))
        column.addSpacing(theme.current().space(4))
        column.addWidget(words("Where", "section"))
        column.addLayout(self._places)
        column.addWidget(self.computers, 0, Qt.AlignmentFlag.AlignLeft)
        self.computers.setVisible(bool(self._offer.tool))
        column.addStretch(1)
        role = QDialogButtonBox.ButtonRole
        foot = buttons((self.start, role.AcceptRole), (QPushButton("Cancel"), role.RejectRole))
        foot.accepted.connect(self.accept)
        foot.rejected.connect(self.reject)
        above_foot(self, scrolled(body), foot)


def _step_row(step: JobStep, wanted: bool) -> ChoiceRow:
    box = QCheckBox(step.label)
    box.setChecked(wanted or step.always)
    box.setEnabled(not step.always)
    return ChoiceRow(box, step.help, f"always; {step.time}" if step.always else step.time, term=step.key)


def _elsewhere(computer: Computer) -> ChoiceRow:
    reasons = trouble_in(computer)
    reason = f"{next(iter(reasons.values()))} Correct it under Computers…" if reasons else ""
    return ChoiceRow(QRadioButton(computer.name), computer.place, reason=reason)
