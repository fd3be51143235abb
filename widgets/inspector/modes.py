"""ModeCombos: how a type rounds and what it does with values beyond its range, in words."""

from collections.abc import Mapping
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from engine.precision import FixedType, Overflow, Rounding
from widgets import theme
from widgets.controls import CaptionCombo
from widgets.help import tool_tip
from widgets.inspector.wheel_guard import guard_wheel

ROUNDINGS = {
    Rounding.TRN: ("Truncate", "Towards minus infinity: bits are dropped, free in hardware."),
    Rounding.TRN_ZERO: ("Truncate to zero", "Towards zero."),
    Rounding.RND: ("Round up", "To nearest, ties towards plus infinity."),
    Rounding.RND_ZERO: ("Round to zero", "To nearest, ties towards zero."),
    Rounding.RND_INF: ("Round away", "To nearest, ties away from zero."),
    Rounding.RND_MIN_INF: ("Round down", "To nearest, ties towards minus infinity."),
    Rounding.RND_CONV: ("Round to even", "To nearest, ties to the even neighbour: no drift in long sums."),
}
OVERFLOWS = {
    Overflow.WRAP: ("Wrap", "Upper bits are dropped: free in hardware, but large values turn over."),
    Overflow.SAT: ("Saturate", "Stops at the largest and smallest value."),
    Overflow.SAT_ZERO: ("Saturate to zero", "Values beyond the range become zero."),
    Overflow.SAT_SYM: ("Saturate evenly", "Stops at values of the same size on both sides of zero."),
    Overflow.WRAP_SM: ("Wrap, keep sign", "Wraps the magnitude and keeps the sign."),
}
_Mode = TypeVar("_Mode", Rounding, Overflow)
_CAPTION_ROOM = 42
_GAP = 8


class ModeCombos(QWidget):
    """Two combo boxes; `type_changed` tells the type with another mode."""

    type_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._type: FixedType | None = None
        self.rounding = _combo("Rounding", ROUNDINGS)
        self.overflow = _combo("Overflow", OVERFLOWS)
        self._captioned = True
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        for combo in (self.rounding, self.overflow):
            combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            combo.activated.connect(self._take)
            guard_wheel(combo)
            row.addWidget(combo, 1)

    def show_type(self, type_: FixedType | None) -> None:
        """Show the modes of a type; None switches them off."""
        self._type = type_
        self.setEnabled(type_ is not None)
        if type_ is None:
            return
        _show(self.rounding, type_.rounding)
        _show(self.overflow, type_.overflow)
        _allow(self.overflow, Overflow.WRAP_SM, type_.signed, "Off: it needs a sign bit.")
        self._fit_captions()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop captions that leave no room for values."""
        super().resizeEvent(event)
        self._fit_captions()

    def _fit_captions(self) -> None:
        now = theme.current()
        measure = QFontMetrics(now.font("body", 500))
        room = (self.width() - _GAP) / 2 - round(_CAPTION_ROOM * now.text_scale)
        combos = (self.rounding, self.overflow)
        captioned = all(
            measure.horizontalAdvance(combo.accessibleName() + combo.currentText()) <= room for combo in combos
        )
        if captioned != self._captioned:
            self._captioned = captioned
            for combo in combos:
                combo.show_caption(captioned)
                combo.setToolTip(tool_tip(combo.accessibleName().lower()))

    def _take(self) -> None:
        if self._type is None:
            return
        rounding, overflow = Rounding(self.rounding.currentData()), Overflow(self.overflow.currentData())
        changed = self._type.changed(rounding=rounding, overflow=overflow)
        if changed != self._type:
            self.type_changed.emit(changed)


def _combo(caption: str, modes: Mapping[_Mode, tuple[str, str]]) -> CaptionCombo:
    combo = CaptionCombo(caption)
    for mode, (label, explanation) in modes.items():
        combo.addItem(label, str(mode))
        combo.setItemData(combo.count() - 1, f"AP_{mode}. {explanation}", Qt.ItemDataRole.ToolTipRole)
    combo.setToolTip(tool_tip(caption.lower()))
    return combo


def _show(combo: CaptionCombo, mode: str) -> None:
    place = combo.findData(str(mode))
    if place != combo.currentIndex():
        combo.setCurrentIndex(place)


def _allow(combo: CaptionCombo, mode: str, allowed: bool, reason: str) -> None:
    model, place = combo.model(), combo.findData(str(mode))
    if not isinstance(model, QStandardItemModel) or model.item(place).isEnabled() == allowed:
        return
    model.item(place).setEnabled(allowed)
    model.item(place).setToolTip(f"AP_{mode}. {OVERFLOWS[Overflow(mode)][1]}" if allowed else reason)
