"""TypeField: a type as text."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.precision import Precision, PrecisionError, parse
from widgets.inspector.dress import dress
from widgets.inspector.marking import set_quiet
from widgets.inspector.taken_field import TakenField


class TypeField(TakenField):
    """`typed` tells a type that was entered."""

    typed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        dress(self, "mono")

    def show_type(self, type_: Precision | None, quiet: bool = False) -> None:
        """Show a type, or `Mixed` for None; leaves alone what is being typed. `quiet`: it is inherited."""
        set_quiet(self, quiet)
        self.show_text("" if type_ is None else str(type_))

    def take(self) -> None:
        """Tell a type that differs from what was shown."""
        if not self.text().strip():
            self.restore()
            return
        try:
            type_ = parse(self.text())
        except PrecisionError as error:
            self.mark(str(error))
            return
        same = self.shown != "" and type_ == parse(self.shown)
        self.restore()
        if not same:
            self.typed.emit(type_)
