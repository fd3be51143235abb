"""TypeTools: the two buttons beside a type: inherit it again, or use it elsewhere too."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from widgets import theme
from widgets.inspector.model import RoleView, Spread


class TypeTools(QWidget):
    """`reset_requested`, and `spread_requested` with the scope that was chosen from the menu."""

    reset_requested = Signal()
    spread_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spreads: tuple[Spread, ...] = ()
        self.reset = tool_button("reset", "Reset to inherited")
        self.spread = tool_button("link", "Use this type elsewhere too")
        self.menu = QMenu(self)
        self.menu.triggered.connect(lambda action: self.spread_requested.emit(action.data()))
        self.spread.setMenu(self.menu)
        self.spread.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.reset.clicked.connect(self.reset_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().space(2))
        row.addWidget(self.reset)
        row.addWidget(self.spread)

    def show_role(self, role: RoleView) -> None:
        """Offer what can be done with the type of a role."""
        if self.reset.isEnabled() != role.resettable:
            self.reset.setEnabled(role.resettable)
        reason = "Reset to inherited" if role.resettable else f"Off: nothing to reset, it is {role.origin}"
        if self.reset.toolTip() != reason:
            self.reset.setToolTip(reason)
        if role.spreads != self._spreads:
            self._spreads = role.spreads
            self.menu.clear()
            for spread in role.spreads:
                self.menu.addAction(spread.label).setData(spread.scope)
        if self.spread.isHidden() == bool(role.spreads):
            self.spread.setVisible(bool(role.spreads))


def tool_button(icon: str, name: str, parent: QWidget | None = None) -> QToolButton:
    """A compact icon button with its name as tool tip."""
    button = QToolButton(parent)
    button.setProperty("compact", "true")
    button.setIcon(theme.icon(icon))
    button.setToolTip(name)
    button.setAccessibleName(name)
    return button
