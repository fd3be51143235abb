"""Which theme is in force: the system's or a chosen one, and who is told when it changes."""

from enum import Enum
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from widgets.theme.focus import FocusIndicator
from widgets.theme.model import Theme, make_theme
from widgets.theme.palette import build_palette
from widgets.theme.stylesheet import build_style_sheet
from widgets.theme.tokens import Mode


class Scheme(Enum):
    """What the user chose: a mode, or whatever the system shows."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_QT_SCHEMES = {
    Scheme.SYSTEM: Qt.ColorScheme.Unknown,
    Scheme.LIGHT: Qt.ColorScheme.Light,
    Scheme.DARK: Qt.ColorScheme.Dark,
}


class ThemeSignals(QObject):
    """Says when the theme has changed, after palette and style sheet are in place."""

    changed = Signal(object)


class _Controller(QObject):
    """Keeps the theme in force and follows the system."""

    def __init__(self) -> None:
        super().__init__()
        self.signals = ThemeSignals(self)
        self.theme = make_theme("light")
        self._scheme = Scheme.SYSTEM
        self._dressed: QApplication | None = None
        self._focus: FocusIndicator | None = None

    def apply(self, app: QApplication, scheme: Scheme, text_scale: float, reduced_motion: bool) -> None:
        first = self._dressed is not app
        if first:
            self._adopt(app)
        # Also makes the platform draw title bars and native dialogs to match.
        app.styleHints().setColorScheme(_QT_SCHEMES[scheme])
        self._scheme = scheme
        wanted = make_theme(self._mode(app), text_scale, reduced_motion)
        if first or wanted is not self.theme:
            self._dress(app, wanted)

    def _adopt(self, app: QApplication) -> None:
        self._dressed = app
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._focus = FocusIndicator(app, lambda: self.theme)

    def _mode(self, app: QApplication) -> Mode:
        if self._scheme is Scheme.SYSTEM:
            return system_mode(app)
        return "dark" if self._scheme is Scheme.DARK else "light"

    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        if self._scheme is Scheme.SYSTEM and self._dressed is not None:
            wanted = make_theme(self._mode(self._dressed), self.theme.text_scale, self.theme.reduced_motion)
            if wanted is not self.theme:
                self._dress(self._dressed, wanted)

    def _dress(self, app: QApplication, theme: Theme) -> None:
        self.theme = theme
        app.setFont(theme.font("body"))
        app.setPalette(build_palette(theme))
        app.setStyleSheet(build_style_sheet(theme))
        self.signals.changed.emit(theme)


def system_mode(app: QApplication) -> Mode:
    """What the system shows; light where it does not say."""
    return "dark" if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


@cache
def _controller() -> _Controller:
    return _Controller()


def apply(
    app: QApplication,
    scheme: Scheme = Scheme.SYSTEM,
    text_scale: float = 1.0,
    reduced_motion: bool = False,
) -> None:
    """Dress the application: style, font, palette, style sheet and keyboard focus ring.

    `text_scale` is 1.0 to 2.0. Calling again changes what is asked for.
    """
    _controller().apply(app, scheme, text_scale, reduced_motion)


def current() -> Theme:
    """The theme in force; light at 100 % until `apply` is called."""
    return _controller().theme


def signals() -> ThemeSignals:
    """Connect to `signals().changed` (carries the new Theme) to follow theme changes."""
    return _controller().signals
