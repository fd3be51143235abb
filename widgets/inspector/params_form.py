"""ParamsForm: the parameters of the selected layers, with controls made from what the layer kind says of them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import clear
from widgets.inspector.form import FormRow
from widgets.inspector.model import ParamView
from widgets.inspector.param_fields import ParamField


class ParamsForm(QWidget):
    """`param_changed` carries the parameter's name and the value that all selected layers shall have."""

    param_changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._built: tuple[object, ...] = ()
        self._rows: dict[str, FormRow] = {}
        self._fields: dict[str, ParamField] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().space(3))

    def set_params(self, params: tuple[ParamView, ...]) -> None:
        """Show parameters; only another kind of layer builds the fields anew."""
        structure = tuple((each.name, each.label, each.form, each.length, each.choices) for each in params)
        if structure != self._built:
            self._built = structure
            self._rebuild(params)
        for view in params:
            self._fields[view.name].show_view(view)

    def forget_typing(self) -> None:
        """Drop half-typed texts and their marks: another layer is shown."""
        for name, field in self._fields.items():
            field.forget_typing()
            self._rows[name].show_error("")

    def field(self, name: str) -> ParamField:
        """The field of a parameter; KeyError for an unknown one."""
        return self._fields[name]

    def show_error(self, name: str, reason: str) -> None:
        """Say why a value was refused; '' takes it back."""
        self._rows[name].show_error(reason)

    def _rebuild(self, params: tuple[ParamView, ...]) -> None:
        clear(self._column)
        self._rows, self._fields = {}, {}
        for view in params:
            field = ParamField(view)
            row = FormRow(view.label, view.help, field)
            field.edited.connect(lambda value, name=view.name: self._on_edited(name, value))
            field.refused.connect(row.show_error)
            self._fields[view.name], self._rows[view.name] = field, row
            self._column.addWidget(row)

    def _on_edited(self, name: str, value: object) -> None:
        self.show_error(name, "")
        self.param_changed.emit(name, value)
