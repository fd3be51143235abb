"""The requirement: latency at most, rate at least; an empty field asks for nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from engine.design import Requirement
from widgets.target.amounts import format_amount, parse_amount

_LATENCY = {"ns": 1e-3, "µs": 1.0, "us": 1.0, "ms": 1e3, "s": 1e6}
_RATE = {"/s": 1.0, "k/s": 1e3, "M/s": 1e6}


def requirement_text(requirement: Requirement) -> str:
    """`≤ 100 µs · ≥ 20,000 /s`, or `none`."""
    parts = []
    if requirement.max_latency_us is not None:
        parts.append(f"≤ {format_amount(requirement.max_latency_us, _LATENCY)}")
    if requirement.min_rate is not None:
        parts.append(f"≥ {format_amount(requirement.min_rate, _RATE)}")
    return " · ".join(parts) or "none"


class RequirementPanel(QWidget):
    """Two texts with units; `chosen` carries the Requirement once both can be read."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._latency = QLineEdit(placeholderText="e.g. 100 µs", clearButtonEnabled=True)
        self._rate = QLineEdit(placeholderText="e.g. 20,000 /s", clearButtonEnabled=True)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow("Latency at most", self._latency)
        form.addRow("Rate at least", self._rate)
        self.setFocusProxy(self._latency)
        self._shown = Requirement()
        for field in (self._latency, self._rate):
            field.editingFinished.connect(self._choose)

    def set_requirement(self, requirement: Requirement) -> None:
        """Show a requirement without saying that it was chosen."""
        self._shown = requirement
        latency, rate = requirement.max_latency_us, requirement.min_rate
        self._latency.setText("" if latency is None else format_amount(latency, _LATENCY))
        self._rate.setText("" if rate is None else format_amount(rate, _RATE))

    def _choose(self) -> None:
        wanted = Requirement(_read(self._latency, _LATENCY), _read(self._rate, _RATE))
        unreadable = any(field.property("invalid") == "true" for field in (self._latency, self._rate))
        if not unreadable and wanted != self._shown:
            self.set_requirement(wanted)
            self.chosen.emit(wanted)


def _read(field: QLineEdit, units: dict[str, float]) -> float | None:
    """The field's amount; a text that is none is marked and explained."""
    try:
        amount = parse_amount(field.text(), units) if field.text().strip() else None
    except ValueError as error:
        field.setProperty("invalid", "true")
        field.setToolTip(str(error))
        amount = None
    else:
        field.setProperty("invalid", "false")
        field.setToolTip("")
    field.style().polish(field)
    return amount
