"""Inspector: everything about the selected layers, in one column that scrolls."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from engine.design import REUSE_FACTOR, STRATEGY
from engine.estimate import Tier
from widgets import theme
from widgets.controls import TierChip
from widgets.inspector.advice_list import AdviceList
from widgets.inspector.built_list import BuiltList
from widgets.inspector.cost_table import CostTable, brief
from widgets.inspector.drawn import scaled
from widgets.inspector.form import hint_line
from widgets.inspector.header import InspectorHeader
from widgets.inspector.input_form import InputForm
from widgets.inspector.model import CostView, HeaderView, InspectorView, NoteView
from widgets.inspector.notes import Notes
from widgets.inspector.overlay_scroll import OverlayScroll
from widgets.inspector.params_form import ParamsForm
from widgets.inspector.precision_editor import PrecisionEditor
from widgets.inspector.readings import Readings
from widgets.inspector.reuse_slider import ReuseSlider
from widgets.inspector.sections import Sections, precision_title, reuse_source
from widgets.inspector.settings_form import SettingsForm
from widgets.inspector.strategy_choice import StrategyChoice
from widgets.inspector.type_tools import tool_button

_COMPACT = 330


class Inspector(QWidget):
    """Shows an `InspectorView` and tells what a person wants changed; it changes nothing itself.

    Changes that a drag or a held key makes lie between `gesture_started` and `gesture_finished`, or
    `gesture_cancelled`, after which the design must be what it was before. Every other change is a step of its own.
    """

    gesture_started = Signal()
    gesture_finished = Signal()
    gesture_cancelled = Signal()
    precision_changed = Signal(str, object)
    """Role and type."""
    reuse_changed = Signal(int)
    """One legal reuse factor for all selected layers."""
    reuse_scaled = Signal(int)
    """How many legal values each selected layer moves, counted from where the gesture began."""
    setting_changed = Signal(str, object)
    """Key and value; the strategy is one of them."""
    reset_requested = Signal(str)
    """Key that all selected layers shall inherit again."""
    spread_requested = Signal(str, str)
    """Role, and the scope that shall have its type too."""
    param_changed = Signal(str, object)
    """Name and value of a parameter of the layer kind."""
    advice_requested = Signal(object)
    advice_hovered = Signal(object)
    """The AdviceRow to preview, or None."""
    note_requested = Signal(object)
    layer_requested = Signal(str)
    layer_hovered = Signal(str)
    menu_requested = Signal(object)
    """Where a menu may open, as a global QPoint."""
    role_shown = Signal(str)

    def __init__(self, with_menu: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = InspectorView((), HeaderView(""))
        self._with_menu = with_menu
        self.setAccessibleName("Inspector")
        self.setAutoFillBackground(True)
        self.header = InspectorHeader()
        self.facts, self.notes, self.input = Readings(), Notes(), InputForm()
        self.hint = hint_line("")
        self.precision, self.reuse, self.strategy = PrecisionEditor(), ReuseSlider(), StrategyChoice()
        self.settings, self.params = SettingsForm(), ParamsForm()
        self.cost, self.built, self.advice = CostTable(), BuiltList(), AdviceList()
        self._lay_out()
        self._connect()

    @property
    def busy(self) -> bool:
        """Whether a drag or a held key is changing values now."""
        return self.precision.bits.gesture.running or self.reuse.track.busy or self.settings.busy

    @property
    def view(self) -> InspectorView:
        """What was last given to show."""
        return self._view

    def set_view(self, view: InspectorView) -> None:
        """Show a selection in the widgets that are there; focus, typing and a running drag are left alone."""
        another = view.subject != self._view.subject
        if another:
            self.precision.end_gesture()
            self.reuse.end_gesture()
        self._view = view
        self.header.set_view(view.header, self._with_menu)
        self._show_top(view)
        self._show_editors(view)
        self._show_forms(view, another)
        self._show_outcome(view)

    def show_param_error(self, name: str, reason: str) -> None:
        """Say beside a parameter why its value was refused; '' takes it back."""
        if self._view.input is not None:
            self.input.show_error(name, reason)
        else:
            self.params.show_error(name, reason)

    def focus_reuse(self) -> None:
        """Lead the keyboard to the reuse factor."""
        self._lead_to("reuse", self.reuse.field)

    def focus_precision(self) -> None:
        """Lead the keyboard to the type; for an input, to the type of its numbers."""
        if self._view.input is not None:
            self.input.type.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self._lead_to("precision", self.precision.field)

    def sizeHint(self) -> QSize:
        """As wide as the design gives it, or as its text needs."""
        return QSize(max(theme.current().size("inspector"), self._content.minimumSizeHint().width()), 640)

    def changeEvent(self, event: QEvent) -> None:
        """Ask for more room when the text grows: where there is none, the content scrolls sideways too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._content.updateGeometry()
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short, costs fold."""
        super().resizeEvent(event)
        self._suggest_folds(self._view)

    def _lay_out(self) -> None:
        self._content = _Content()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, theme.current().space(5))
        column.setSpacing(0)
        self._facts_box, self._hint_box = self._padded(self.facts), self._padded(self.hint)
        for widget in (self._facts_box, self.notes, self.input, self._hint_box):
            column.addWidget(widget)
        editors = {"precision": self.precision, "reuse": self.reuse, "strategy": self.strategy}
        outcome = {"settings": self.settings, "cost": self.cost, "built": self.built}
        self.sections = Sections(column, {**editors, **outcome, "params": self.params, "advice": self.advice})
        column.addStretch(1)
        self.tier: TierChip | None = None
        self._shown_tier: tuple[Tier, int] | None = None
        self._resets = {key: self._reset_in(key, name) for key, name in _RESETS.items()}
        self.area = OverlayScroll(self._content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(self.area, 1)

    def _padded(self, widget: QWidget) -> QWidget:
        box = QWidget()
        now = theme.current()
        column = QVBoxLayout(box)
        column.setContentsMargins(now.space(5), now.space(3), now.space(5), now.space(3))
        column.addWidget(widget)
        box.hide()
        return box

    def _reset_in(self, section: str, key: str) -> QToolButton:
        button = tool_button("reset", "Reset to inherited")
        button.clicked.connect(lambda: self.reset_requested.emit(key))
        button.hide()
        self.sections[section].header.add_trailing(button)
        return button

    def _connect(self) -> None:
        for editor in (self.precision, self.reuse, self.settings):
            editor.gesture_started.connect(self.gesture_started)
            editor.gesture_finished.connect(self.gesture_finished)
            editor.gesture_cancelled.connect(self.gesture_cancelled)
        self.precision.precision_changed.connect(self.precision_changed)
        self.precision.reset_requested.connect(self.reset_requested)
        self.precision.spread_requested.connect(self.spread_requested)
        self.precision.role_shown.connect(self._on_role)
        self.reuse.reuse_changed.connect(self.reuse_changed)
        self.reuse.reuse_scaled.connect(self.reuse_scaled)
        self.strategy.chosen.connect(lambda value: self.setting_changed.emit(self._strategy_key(), value))
        self.settings.setting_changed.connect(self.setting_changed)
        self.settings.reset_requested.connect(self.reset_requested)
        for form in (self.params, self.input):
            form.param_changed.connect(self.param_changed)
        self.input.precision_changed.connect(self.precision_changed)
        self.advice.requested.connect(self.advice_requested)
        self.advice.hovered.connect(self.advice_hovered)
        self.notes.requested.connect(self.note_requested)
        self.built.layer_requested.connect(self.layer_requested)
        self.built.layer_hovered.connect(self.layer_hovered)
        self.header.menu_requested.connect(self.menu_requested)
        self.sections["cost"].header.folded_changed.connect(lambda _folded: self._show_cost(self._view.cost))

    def _show_top(self, view: InspectorView) -> None:
        self.facts.set_facts(view.facts)
        _set_shown(self._facts_box, bool(view.facts))
        self.notes.set_notes((*_of_several(view), *view.notes))
        _set_shown(self.input, view.input is not None)
        if view.input is not None:
            self.input.set_view(view.input)
        if self.hint.text() != view.hint:
            self.hint.setText(view.hint)
        _set_shown(self._hint_box, bool(view.hint))

    def _show_editors(self, view: InspectorView) -> None:
        if view.precision:
            token = f"kind.{view.header.group}" if view.header.group else "accent"
            self.precision.set_roles(view.precision, token, view.subject)
        self._show_precision_header()
        if view.reuse is not None:
            self.reuse.set_view(view.reuse)
        self.sections.show("reuse", view.reuse is not None, reuse_source(view.reuse) if view.reuse else "")
        _set_shown(self._resets["reuse"], view.reuse is not None and view.reuse.resettable)
        if view.strategy is not None:
            self.strategy.set_view(view.strategy)
        self.sections.show("strategy", view.strategy is not None, view.strategy.origin if view.strategy else "")
        _set_shown(self._resets["strategy"], view.strategy is not None and view.strategy.resettable)

    def _show_precision_header(self) -> None:
        role = self.precision.role if self._view.precision else None
        title = precision_title(self._view.precision) if self._view.precision else ""
        self.sections.show("precision", role is not None, role.origin if role else "", title)

    def _show_forms(self, view: InspectorView, another: bool) -> None:
        if view.settings:
            self.settings.set_settings(view.settings)
        # Where there is no reuse factor they are what a layer is folded by.
        self.sections.show("settings", bool(view.settings), title="" if view.reuse is not None else "Settings")
        if view.params:
            self.params.set_params(view.params)
            if another:
                self.params.forget_typing()
        self.sections.show("params", bool(view.params), view.params_source)
        self._suggest_folds(view)

    def _show_outcome(self, view: InspectorView) -> None:
        self._show_cost(view.cost)
        if view.built is not None:
            self.built.set_view(view.built)
        self.sections.show("built", view.built is not None, view.built.source if view.built else "")
        if view.advice is not None:
            self.advice.set_view(view.advice)
        self.sections.show("advice", view.advice is not None, view.advice.source if view.advice else "")

    def _show_cost(self, cost: CostView | None) -> None:
        if cost is None:
            self.sections.show("cost", False)
            return
        header = self.sections["cost"].header
        self.cost.set_view(cost)
        if self.tier is None:
            self.tier = TierChip(cost.tier, cost.edits_old)
            header.add_trailing(self.tier)
        elif self._shown_tier != (cost.tier, cost.edits_old):
            self.tier.set_tier(cost.tier, cost.edits_old)
        self._shown_tier = (cost.tier, cost.edits_old)
        _set_shown(self.tier, not header.folded)
        self.sections.show("cost", True, brief(cost) if header.folded else "", cost.title)

    def _suggest_folds(self, view: InspectorView) -> None:
        self.sections.suggest("cost", self.width() < scaled(_COMPACT))
        # Where there are editors to work with, the parameters wait closed.
        self.sections.suggest("params", view.reuse is not None or bool(view.settings))
        self.sections.suggest("settings", view.reuse is not None)

    def _on_role(self, role: str) -> None:
        self._show_precision_header()
        self.role_shown.emit(role)

    def _strategy_key(self) -> str:
        return self._view.strategy.key if self._view.strategy is not None else STRATEGY

    def _lead_to(self, section: str, field: QWidget) -> None:
        if self.sections[section].isHidden():
            return
        self.sections.open(section)
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.area.ensureWidgetVisible(field)


class _Content(QWidget):
    """What scrolls: never narrower than the smallest inspector of the design, which grows with the text."""

    def minimumSizeHint(self) -> QSize:
        """What its parts need."""
        return super().minimumSizeHint().expandedTo(QSize(scaled(theme.current().size("inspectorSmall")), 0))


def _of_several(view: InspectorView) -> tuple[NoteView, ...]:
    """What a change does where several layers are selected, or why there is nothing to change."""
    several = len(view.subject)
    if several < 2:
        return ()
    if view.precision or view.reuse or view.strategy or view.settings or view.params:
        return (NoteView(f"A change here applies to all {several:,}, as one step"),)
    return (NoteView("These layers have no setting in common: select layers of one kind to set them together"),)


_RESETS = {"reuse": REUSE_FACTOR, "strategy": STRATEGY}


def _set_shown(widget: QWidget, shown: bool) -> None:
    """Show or hide; asking for what is so already would still cost a layout."""
    if widget.isHidden() == shown:
        widget.setVisible(shown)
