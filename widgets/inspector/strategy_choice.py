"""StrategyChoice: how products become hardware, with the reasons of those that are off beneath."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import IconLabel
from widgets.help import tool_tip
from widgets.inspector.choice_field import ChoiceField, off_sentence
from widgets.inspector.model import SettingView


class StrategyChoice(QWidget):
    """`chosen` tells the strategy that all selected layers shall have."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = ChoiceField("Strategy")
        self.field.setToolTip(tool_tip("strategy"))
        self.reasons = IconLabel("info", "")
        self.reasons.setProperty("type", "dense")
        self.reasons.setProperty("tone", "secondary")
        self.reasons.setWordWrap(True)
        self.reasons.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space(3))
        column.addWidget(self.field)
        column.addWidget(self.reasons)
        self.field.chosen.connect(self.chosen)

    def set_view(self, view: SettingView) -> None:
        """Show the strategies."""
        self.field.set_view(view)
        text = "\n".join(off_sentence(each) for each in view.choices if each.off)
        if text != self.reasons.text():
            self.reasons.setText(text)
            self.reasons.setVisible(bool(text))
