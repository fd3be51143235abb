"""The clock: period in ns or frequency in MHz, whichever one thinks in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QFormLayout, QWidget

from widgets.controls import RealField


def clock_text(period_ns: float, short: bool = False) -> str:
    """`10.0 ns · 100 MHz`."""
    period = f"{period_ns:.4g}" if period_ns % 1 else f"{period_ns:.1f}"
    return f"{period} ns" if short else f"{period} ns · {1000 / period_ns:.4g} MHz"


class ClockPanel(QWidget):
    """Two linked fields; `chosen` carries the period in ns."""

    chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._period = _spin("ns", 0.1, 1000.0)
        self._frequency = _spin("MHz", 1.0, 10_000.0)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow("Period", self._period)
        form.addRow("Frequency", self._frequency)
        self.setFocusProxy(self._period)
        self._period.editingFinished.connect(lambda: self._choose(self._period.value()))
        self._frequency.editingFinished.connect(lambda: self._choose(1000 / self._frequency.value()))

    def set_period(self, period_ns: float) -> None:
        """Show a period without saying that it was chosen."""
        self._period.setValue(period_ns)
        self._frequency.setValue(1000 / period_ns)
        self._shown = (self._period.value(), self._frequency.value())

    def _choose(self, period_ns: float) -> None:
        # Both fields finish editing when the panel closes: only the one that was changed counts.
        if (self._period.value(), self._frequency.value()) != self._shown:
            self.set_period(period_ns)
            self.chosen.emit(round(period_ns, 4))


def _spin(unit: str, low: float, high: float) -> RealField:
    spin = RealField(low, high, unit)
    spin.setDecimals(3)
    spin.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
    spin.setKeyboardTracking(False)
    return spin
