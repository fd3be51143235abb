"""Fonts and widths that a style sheet cannot give a widget, kept in step with the text scale."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from widgets import theme
from widgets.inspector.drawn import scaled


@dataclass(frozen=True, slots=True)
class Dress:
    """Type role and weight of the font (none: the style sheet's), and widths in px at 100 % text scale."""

    role: str = ""
    weight: int | None = None
    width: int = 0
    least_width: int = 0


def dress(widget: QWidget, role: str = "", weight: int | None = None, width: int = 0, least_width: int = 0) -> None:
    """Dress a widget now and whenever the theme changes."""
    _Dresser(widget, Dress(role, weight, width, least_width))


class _Dresser(QObject):
    """Lives and dies with the widget it dresses."""

    def __init__(self, widget: QWidget, wanted: Dress) -> None:
        super().__init__(widget)
        self._widget, self._wanted = widget, wanted
        self._apply()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Dress again when the theme or the text scale changes."""
        if event.type() == QEvent.Type.StyleChange:
            self._apply()
        return False

    def _apply(self) -> None:
        wanted = self._wanted
        if wanted.role:
            font = theme.current().font(wanted.role, wanted.weight)
            # Setting the font it has would tell the widget that its style changed, and so on for ever.
            if self._widget.font() != font:
                self._widget.setFont(font)
        if wanted.width:
            self._widget.setFixedWidth(scaled(wanted.width))
        if wanted.least_width:
            self._widget.setMinimumWidth(scaled(wanted.least_width))
