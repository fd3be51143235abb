"""RoleTabs: which type is being edited. Four roles are segments in sight; more of them are a list that drops down."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from widgets.controls import CaptionCombo, Segment, SegmentedControl
from widgets.help import tool_tip
from widgets.inspector.model import RoleView

_MOST_SEGMENTS = 4


class RoleTabs(QWidget):
    """`selected` tells the role that a person opened. One role alone needs no tab."""

    selected = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: tuple[tuple[str, str], ...] = ()
        self._value = ""
        self._control: SegmentedControl | CaptionCombo | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def value(self) -> str:
        """The role that is open; '' while there are none."""
        return self._value

    @property
    def control(self) -> SegmentedControl | CaptionCombo | None:
        """What shows the roles, for tests and tours."""
        return self._control

    def set_roles(self, roles: tuple[RoleView, ...]) -> None:
        """Offer these roles; stay on the one that is open where it is among them."""
        known = tuple((role.role, role.label) for role in roles)
        if known == self._known:
            return
        self._known = known
        if self._value not in dict(known):
            self._value = known[0][0] if known else ""
        self._rebuild()
        self._mark()

    def choose(self, role: str) -> None:
        """Open a role, as if its tab had been pressed."""
        if role in dict(self._known) and role != self._value:
            self._value = role
            self._mark()
            self.selected.emit(role)

    def _rebuild(self) -> None:
        if self._control is not None:
            self._control.hide()
            self._control.deleteLater()
        self._control = None
        self.setVisible(len(self._known) > 1)
        if len(self._known) > _MOST_SEGMENTS:
            self._control = self._list()
        elif len(self._known) > 1:
            segments = [Segment(role, label, tool_tip(role)) for role, label in self._known]
            self._control = SegmentedControl(segments, "Type of", parent=self)
            self._control.selected.connect(self.choose)
        if self._control is not None:
            self._column.addWidget(self._control)

    def _list(self) -> CaptionCombo:
        combo = CaptionCombo("Type of", parent=self)
        combo.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for role, label in self._known:
            combo.addItem(label, role)
        combo.activated.connect(lambda place: self.choose(combo.itemData(place)))
        return combo

    def _mark(self) -> None:
        if isinstance(self._control, SegmentedControl):
            self._control.set_value(self._value)
        elif self._control is not None:
            self._control.setCurrentIndex(self._control.findData(self._value))
