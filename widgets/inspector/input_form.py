"""InputForm: what goes into the network: its shape, the type of its numbers, and which numbers those are."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from engine.design import RESULT
from widgets import theme
from widgets.inspector.extents_field import ExtentsField
from widgets.inspector.form import FormRow
from widgets.inspector.model import InputView
from widgets.inspector.type_field import TypeField


class InputForm(QWidget):
    """`param_changed` carries the shape under its parameter's name, `precision_changed` the type of the result."""

    param_changed = Signal(str, object)
    precision_changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = "shape"
        self.shape = ExtentsField(None, 1)
        self.shape.setAccessibleName("Shape")
        self.type = TypeField("Type")
        self.values = QLineEdit()
        self.values.setReadOnly(True)
        self.values.setProperty("readOnly", True)
        self.values.setAccessibleName("Values")
        self._rows = {
            "shape": FormRow("Shape", "Extents without the batch, channels last.", self.shape),
            "type": FormRow("Type", "How each number is stored.", self.type),
            "values": FormRow("Values", "What the type can hold, or what the data set contains.", self.values),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.current().space(5), theme.current().space(4), theme.current().space(5), 0)
        column.setSpacing(theme.current().space(3))
        for row in self._rows.values():
            column.addWidget(row)
        self.shape.edited.connect(lambda value: self.param_changed.emit(self._name, value))
        self.shape.refused.connect(self._rows["shape"].show_error)
        self.type.typed.connect(lambda value: self.precision_changed.emit(RESULT, value))
        self.type.refused.connect(self._rows["type"].show_error)

    def set_view(self, view: InputView) -> None:
        """Show an input layer."""
        self._name = view.shape.name
        shape = view.shape.value
        self.shape.show_value(shape if isinstance(shape, tuple) else None)
        self.type.show_type(view.type)
        if self.values.text() != view.values:
            self.values.setText(view.values)
        self._rows["values"].setVisible(bool(view.values))

    def show_error(self, name: str, reason: str) -> None:
        """Say why a shape was refused; '' takes it back."""
        if name == self._name:
            self._rows["shape"].show_error(reason)
