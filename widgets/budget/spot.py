"""Spot: the part of a painted view that keyboard, pointer and screen reader can go to."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QToolTip, QWidget

_WALK: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


class Spot(QAbstractButton):
    """An invisible button over what its parent paints. `pointed` follows the pointer, None when it leaves."""

    pointed = Signal(str, object)

    def __init__(self, key: str, tip: Callable[[str], str], parent: QWidget) -> None:
        """`tip` words the tool tip of a key when it is needed."""
        super().__init__(parent)
        self.key = key
        self._tip = tip
        self.setObjectName(f"spot.{key}")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def describe(self, spoken: str, why: str) -> None:
        """Say what is painted here, and why it is so."""
        if spoken != self.accessibleName():
            self.setAccessibleName(spoken)
        if why != self.accessibleDescription():
            self.setAccessibleDescription(why)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The parent has painted."""

    def event(self, event: QEvent) -> bool:
        """Word the tool tip when it is about to open."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(self.key), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell where the pointer is."""
        super().mouseMoveEvent(event)
        self.pointed.emit(self.key, self.mapToParent(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer is elsewhere."""
        super().leaveEvent(event)
        self.pointed.emit(self.key, None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the group; Enter acts as Space does."""
        if event.key() in _WALK or event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class SpotGroup:
    """The spots of one view: one stop for Tab, arrows walk inside."""

    def __init__(
        self,
        parent: QWidget,
        tip: Callable[[str], str],
        clicked: Callable[[str], None],
        pointed: Callable[[str, QPointF | None], None] | None = None,
    ) -> None:
        self._parent, self._tip, self._clicked, self._pointed = parent, tip, clicked, pointed
        self._spots: dict[str, Spot] = {}
        self.order: tuple[Spot, ...] = ()

    def show(self, keys: tuple[str, ...]) -> bool:
        """Have exactly these spots, in this order; whether that changed anything."""
        if keys == tuple(spot.key for spot in self.order):
            return False
        for key in keys:
            if key not in self._spots:
                self._spots[key] = self._made(key)
        for key, spot in self._spots.items():
            spot.setVisible(key in keys)
        self.order = tuple(self._spots[key] for key in keys)
        self._share_tab_stop(self.order[0] if self.order else None)
        return True

    def walk(self, event: QKeyEvent) -> bool:
        """Move the focus with an arrow, Home or End; whether the key was one of them."""
        here = next((index for index, spot in enumerate(self.order) if spot.hasFocus()), None)
        if here is None:
            return False
        key = event.key()
        ends: dict[int, int] = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.order) - 1}
        if key not in _WALK and key not in ends:
            return False
        index = ends.get(key, here + _WALK.get(key, 0))
        if 0 <= index < len(self.order):
            self._share_tab_stop(self.order[index])
            self.order[index].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _made(self, key: str) -> Spot:
        spot = Spot(key, self._tip, self._parent)
        spot.clicked.connect(lambda: self._clicked(key))
        if self._pointed is not None:
            spot.pointed.connect(self._pointed)
        return spot

    def _share_tab_stop(self, entry: Spot | None) -> None:
        for spot in self.order:
            spot.setFocusPolicy(Qt.FocusPolicy.StrongFocus if spot is entry else Qt.FocusPolicy.ClickFocus)
