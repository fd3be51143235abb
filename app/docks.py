"""The window's docks: where each stands, on a wide screen and on a small one."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabWidget, QToolBar, QWidget

from widgets import theme

COMPACT_BELOW = 1500
"""Window width under which the left docks become a rail and the bottom docks tabs."""

_BOTTOM_SHARE = 0.36
"""Of the window's height: at 900 px the whole budget still has room."""
_PALETTE, _BARS = 290, 98
"""Height of the palette with all that most networks are made of; of menu bar, toolbar and status bar."""

_LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
_RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
_BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea


@dataclass(frozen=True, slots=True)
class Panel:
    """A widget for a dock; `header` becomes the dock's title bar when there is one."""

    id: str
    title: str
    widget: QWidget
    header: QWidget | None = None
    column: int = -1
    """For a panel that is hidden at first: the bottom column it shares."""
    keeps_header: bool = False
    """Whether its header holds more than the title, which a tab says already."""


class Docks(QObject):
    """Makes the docks and arranges them; a person's own arrangement is kept by the window's saved state."""

    def __init__(
        self, window: QMainWindow, left: list[Panel], right: Panel, bottom: list[list[Panel]], hidden: list[Panel]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._headers: dict[str, QWidget] = {}
        self._left = [self._dock(panel) for panel in left]
        self._right = self._dock(right)
        self._bottom = [[self._dock(panel) for panel in column] for column in bottom]
        self._hidden = [(self._dock(panel), panel) for panel in hidden]
        self.compact: bool | None = None
        # Timers of the docks' own go with them; one shot that nobody fires any more would keep a closed window.
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._widen)
        self._tries = 0
        self.rail = self._make_rail()
        window.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AllowNestedDocks)
        window.setCorner(Qt.Corner.BottomRightCorner, _RIGHT)
        window.setCorner(Qt.Corner.BottomLeftCorner, _BOTTOM)
        window.setTabPosition(_BOTTOM, QTabWidget.TabPosition.North)

    def all(self) -> list[QDockWidget]:
        """Every dock, in the order of the View menu."""
        return [
            *self._left,
            *(dock for column in self._bottom for dock in column),
            *(dock for dock, _ in self._hidden),
            self._right,
        ]

    def dock(self, panel_id: str) -> QDockWidget:
        """One dock by its panel's id."""
        return next(dock for dock in self.all() if dock.objectName() == f"dock.{panel_id}")

    def show(self, panel_id: str) -> None:
        """Bring a dock to the front and give it the keyboard."""
        dock = self.dock(panel_id)
        dock.show()
        dock.raise_()
        dock.widget().setFocus()

    def focus_next(self, step: int) -> None:
        """Give the keyboard to the visible dock `step` places from the one that has it, or to the canvas."""
        widgets = [self._window.centralWidget()]
        widgets += [dock.widget() for dock in self.all() if dock.isVisible() and not dock.visibleRegion().isEmpty()]
        places = [widget for widget in widgets if widget is not None]
        focus = QApplication.focusWidget()
        here = next((i for i, place in enumerate(places) if focus and (place is focus or place.isAncestorOf(focus))), 0)
        target = places[(here + step) % len(places)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        if not target.hasFocus():
            target.focusNextChild()

    def arrange(self, compact: bool) -> None:
        """Put every dock in its place for a wide window or a small one."""
        self.compact = compact
        for dock in self.all():
            self._window.removeDockWidget(dock)
        self._window.addDockWidget(_RIGHT, self._right)
        self._arrange_left(compact)
        self._arrange_bottom(compact)
        self._right.show()
        self._resize(compact)

    def _arrange_left(self, compact: bool) -> None:
        for dock in self._left:
            self._window.addDockWidget(_LEFT, dock)
            dock.setVisible(not compact)
        self.rail.setVisible(compact)

    def _arrange_bottom(self, compact: bool) -> None:
        first: QDockWidget | None = None
        for column in self._bottom:
            above: QDockWidget | None = None
            for dock in column:
                self._show_header(dock, not compact)
                self._window.addDockWidget(_BOTTOM, dock, Qt.Orientation.Horizontal)
                if compact and first is not None:
                    self._window.tabifyDockWidget(first, dock)
                elif above is not None:
                    self._window.splitDockWidget(above, dock, Qt.Orientation.Vertical)
                dock.show()
                first, above = first or dock, dock
        for dock, panel in self._hidden:
            self._show_header(dock, panel.keeps_header or not compact)
            self._window.addDockWidget(_BOTTOM, dock)
            self._window.tabifyDockWidget(self._bottom[panel.column][0], dock)
            dock.hide()
        if compact and first is not None:
            first.raise_()

    def _show_header(self, dock: QDockWidget, shown: bool) -> None:
        """A tab says the title already: there the header would only take room."""
        header = self._headers.get(dock.objectName())
        if header is not None:
            dock.setTitleBarWidget(header if shown else QWidget(dock))
            header.setVisible(shown)

    def _resize(self, compact: bool) -> None:
        now = theme.current()
        horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        left = round(now.size("leftDock") * now.text_scale)
        self._window.resizeDocks([*self._left, self._right], [left] * 2 + [self._inspector_width(compact)], horizontal)
        heads = [column[0] for column in self._bottom]
        most = round(_BOTTOM_SHARE * self._window.height())
        height = now.size("bottomDockSmall") if compact else min(now.size("bottomDock"), most)
        self._window.resizeDocks(heads, [height] * len(heads), vertical)
        if compact:
            return
        self._window.resizeDocks(heads, [612, 484, 472], horizontal)
        room = self._window.height() - height - _BARS
        palette = min(round(_PALETTE * now.text_scale), room * 6 // 10)
        self._window.resizeDocks(self._left, [palette, room - palette], vertical)
        for column in self._bottom:
            self._window.resizeDocks(column, [height // len(column)] * len(column), vertical)

    def widen(self) -> None:
        """Give the inspector the room that its text needs; how much wider it is, a person decides."""
        # The canvas gives way only when its header has been laid out for the larger text: a second try gets the rest.
        self._tries = 2
        self._later.start()

    def _widen(self) -> None:
        wanted = self._inspector_width(compact=True)
        if self._tries and self._right.width() < wanted:
            self._tries -= 1
            self._window.resizeDocks([self._right], [wanted], Qt.Orientation.Horizontal)
            self._later.start()

    def _inspector_width(self, compact: bool) -> int:
        now = theme.current()
        return round(now.size("inspectorSmall" if compact else "inspector") * now.text_scale)

    def _dock(self, panel: Panel) -> QDockWidget:
        dock = QDockWidget(panel.title, self._window)
        dock.setObjectName(f"dock.{panel.id}")
        dock.setWidget(panel.widget)
        if panel.header is not None:
            dock.setTitleBarWidget(panel.header)
            self._headers[dock.objectName()] = panel.header
        return dock

    def _make_rail(self) -> QToolBar:
        rail = QToolBar("Left panels", self._window)
        rail.setObjectName("rail")
        rail.setMovable(False)
        side = theme.current().size("icon")
        rail.setIconSize(QSize(side, side))
        for dock, icon in zip(self._left, ("plus", "list"), strict=True):
            action = dock.toggleViewAction()
            action.setIcon(theme.icon(icon))
            rail.addAction(action)
        self._window.addToolBar(Qt.ToolBarArea.LeftToolBarArea, rail)
        rail.hide()
        return rail
