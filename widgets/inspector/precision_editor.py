"""PrecisionEditor: the types of a selection, a tab for each role: as text, as bits under the numbers, as modes."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.precision import Auto, FixedType, Precision
from widgets import theme
from widgets.controls import IconLabel
from widgets.help import tool_tip
from widgets.inspector.bit_canvas import BitCanvas
from widgets.inspector.drawn import scaled
from widgets.inspector.mixed_list import MixedList
from widgets.inspector.model import Fact, RoleView
from widgets.inspector.modes import ModeCombos
from widgets.inspector.readings import Readings
from widgets.inspector.role_tabs import RoleTabs
from widgets.inspector.type_field import TypeField
from widgets.inspector.type_tools import TypeTools
from widgets.inspector.words import at_most, figure, percent

_TWO_COLUMNS = 300
_UNKNOWN = "–"
_NO_HISTOGRAM = "Which bits are used is not known yet."


class PrecisionEditor(QWidget):
    """Edits one role at a time. `precision_changed` carries the role and a type; drags lie between gesture signals.

    Nothing is stored here: a type that is changed shows at once, and the next view confirms or corrects it.
    """

    gesture_started = Signal()
    gesture_finished = Signal()
    gesture_cancelled = Signal()
    precision_changed = Signal(str, object)
    reset_requested = Signal(str)
    spread_requested = Signal(str, str)
    role_shown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roles: tuple[RoleView, ...] = ()
        self._color_token = "accent"
        self._subject: object = None
        self.tabs = RoleTabs()
        self.field = TypeField("Type")
        self.field.setToolTip(tool_tip("precision"))
        self.tools = TypeTools()
        self.reason = IconLabel("over", "", "danger")
        self.note = IconLabel("info", "")
        self.mixed = MixedList()
        self.bits = BitCanvas()
        self.readings = Readings(2)
        self.brief = QLabel()
        self.modes = ModeCombos()
        self._lay_out()
        self._connect()

    @property
    def role(self) -> RoleView | None:
        """The role whose tab is open."""
        return next((role for role in self._roles if role.role == self.tabs.value), None)

    def set_roles(self, roles: tuple[RoleView, ...], color_token: str = "accent", subject: object = None) -> None:
        """Show the roles of a selection; `subject` tells selections apart, `color_token` colours the histogram."""
        if subject != self._subject:
            self.end_gesture()
            self.field.setModified(False)
        self._roles, self._color_token, self._subject = roles, color_token, subject
        self.tabs.set_roles(roles)
        self._show()

    def show_role(self, role: str) -> None:
        """Open the tab of a role."""
        self.tabs.choose(role)

    def end_gesture(self) -> None:
        """Keep what a running drag has changed so far, and end it."""
        self.bits.let_go()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short, one line replaces the readings."""
        super().resizeEvent(event)
        self._choose_readings()

    def _lay_out(self) -> None:
        space = theme.current().space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(3))
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addWidget(self.field, 1)
        row.addWidget(self.tools)
        for label in (self.reason, self.note):
            label.setWordWrap(True)
            label.setProperty("type", "dense")
            label.hide()
        self.brief.setProperty("type", "dense")
        column.addWidget(self.tabs)
        column.addLayout(row)
        for widget in (self.reason, self.note, self.mixed, self.bits, self.readings, self.brief, self.modes):
            column.addWidget(widget)

    def _connect(self) -> None:
        self.tabs.selected.connect(self._on_tab)
        self.field.typed.connect(self._take)
        self.field.refused.connect(self._refuse)
        self.mixed.chosen.connect(self._take)
        self.bits.type_changed.connect(self._take)
        self.modes.type_changed.connect(self._take)
        gesture = self.bits.gesture
        gesture.started.connect(self.gesture_started)
        gesture.finished.connect(self.gesture_finished)
        gesture.cancelled.connect(self._on_cancelled)
        self.tools.reset_requested.connect(lambda: self.reset_requested.emit(self.tabs.value))
        self.tools.spread_requested.connect(lambda scope: self.spread_requested.emit(self.tabs.value, scope))

    def _on_tab(self, role: str) -> None:
        self.field.setModified(False)
        self._show()
        self.role_shown.emit(role)

    def _on_cancelled(self) -> None:
        self.gesture_cancelled.emit()
        self._show()

    def _take(self, type_: Precision) -> None:
        role = self.role
        if role is None:
            return
        if isinstance(type_, FixedType):
            self._show_fixed(role, type_)
            self.field.show_type(type_)
        self.precision_changed.emit(role.role, type_)

    def _refuse(self, reason: str) -> None:
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))

    def _show(self) -> None:
        role = self.role
        if role is None:
            return
        mixed = len(role.types) > 1
        for widget in (self.field, self.tools, self.mixed, self.bits, self.modes):
            if widget.isEnabled() == bool(role.off):
                widget.setEnabled(not role.off)
        self.field.setAccessibleName(f"{role.label} type")
        self.field.show_type(role.value, quiet=role.inherited)
        self.tools.show_role(role)
        self.mixed.setVisible(mixed)
        if mixed:
            self.mixed.set_types(role.types)
        fixed = role.fixed
        for widget in (self.bits, self.modes):
            widget.setVisible(fixed is not None)
        self._choose_readings()
        self._say(role)
        if fixed is not None:
            self._show_fixed(role, fixed)

    def _show_fixed(self, role: RoleView, type_: FixedType) -> None:
        automatic = isinstance(role.value, Auto)
        subject = (self._subject, role.role)
        self.bits.show_type(
            type_, role.histogram, self._color_token, subject, automatic, role.no_histogram or _NO_HISTOGRAM
        )
        self.modes.show_type(type_)
        self.readings.set_facts(_facts(type_, role))
        brief = f"{_range(type_)} · step {figure(type_.step)}"
        if self.brief.text() != brief:
            self.brief.setText(brief)

    def _say(self, role: RoleView) -> None:
        """Beneath the field: why the type is off, or who finds it."""
        text = f"Off: {role.off}" if role.off else ""
        if isinstance(role.value, Auto) and not role.off:
            built = f": {role.built}." if role.built is not None else " when it converts."
            text = f"The converter works the type out{built} Drag a handle or type one to set it."
        if text != self.note.text():
            self.note.setText(text)
            self.note.setVisible(bool(text))

    def _choose_readings(self) -> None:
        wide = self.width() >= scaled(_TWO_COLUMNS)
        shown = self.role is not None and self.role.fixed is not None
        self.readings.setVisible(shown and wide)
        self.brief.setVisible(shown and not wide)


def _range(type_: FixedType) -> str:
    return f"{figure(type_.minimum)} to {at_most(type_.maximum)}"


def _facts(type_: FixedType, role: RoleView) -> tuple[Fact, ...]:
    beyond = role.histogram.share_beyond(type_) if role.histogram is not None else None
    noise = _UNKNOWN if role.noise_db is None else f"{role.noise_db:.1f} dB".replace("-", "−")
    return (
        Fact("Range", _range(type_)),
        Fact("Step", figure(type_.step)),
        Fact("Overflow", _UNKNOWN if beyond is None else percent(beyond) if beyond else "none"),
        Fact("Signal to noise", noise),
    )
