"""Number fields: spin boxes with grouped figures, and the room at the left that a style sheet cannot give them."""

from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox, QWidget

_INSET = 6


class IntField(QSpinBox):
    """A whole number between `low` and `high`, with its unit behind it."""

    def __init__(self, low: int, high: int, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setSuffix(f" {unit}" if unit else "")
        _dress(self)


class RealField(QDoubleSpinBox):
    """A real number between `low` and `high`, with its unit behind it."""

    def __init__(self, low: float, high: float, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setSuffix(f" {unit}" if unit else "")
        _dress(self)


def _dress(field: QAbstractSpinBox) -> None:
    field.setGroupSeparatorShown(True)
    field.lineEdit().setTextMargins(_INSET, 0, 0, 0)
