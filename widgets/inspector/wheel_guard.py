"""WheelGuard: a field that lies under a scrolling mouse does not change its value."""

from functools import cache

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class WheelGuard(QObject):
    """Hands the wheel on to whatever scrolls, unless the field has the focus."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stop the wheel before the field sees it; an ignored event goes on to the parent."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


def guard_wheel(field: QWidget) -> None:
    """Guard a field; it takes the focus by click and Tab only."""
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_guard())


@cache
def _guard() -> WheelGuard:
    return WheelGuard(QCoreApplication.instance())
