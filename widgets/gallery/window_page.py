"""Gallery page of a whole window: menu bar, tool bar, docks, status bar."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QListWidget, QMainWindow, QSplitter, QTabWidget, QToolBar, QWidget

from engine.estimate import Tier
from widgets import theme
from widgets.controls import CaptionCombo, EmptyState, IconLabel, PanelHeader, TierChip


def window_page() -> QWidget:
    """A main window with everything around its middle."""
    window = QMainWindow()
    for name in ("File", "Edit", "View", "Network", "Run", "Window", "Help"):
        window.menuBar().addMenu(name)
    window.addToolBar(_tool_bar())
    window.setCentralWidget(EmptyState("layers", "Add the first layer", "Press A, or drag one here.", "Add a layer"))
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, _dock("Outline", "17 layers"))
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, _dock("Inspector"))
    first, second = _dock("Budget"), _dock("Jobs")
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, first)
    window.setTabPosition(Qt.DockWidgetArea.BottomDockWidgetArea, QTabWidget.TabPosition.North)
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, second)
    window.tabifyDockWidget(first, second)
    status = window.statusBar()
    status.setContentsMargins(12, 0, 12, 0)
    status.addWidget(IconLabel("over", "1 over limit", "danger"))
    status.addWidget(IconLabel("warning", "2 risks", "warning"))
    status.addWidget(QLabel("Numbers shown"))
    status.addWidget(TierChip(Tier.ESTIMATE))
    status.addPermanentWidget(QLabel("100 %"))
    window.resize(960, 600)
    return window


def _tool_bar() -> QToolBar:
    bar = QToolBar("Main")
    bar.setMovable(False)
    for name in ("open", "save"):
        bar.addAction(theme.icon(name), name)
    bar.addSeparator()
    for name in ("undo", "redo", "chart"):
        bar.addAction(theme.icon(name), name)
    bar.actions()[-2].setEnabled(False)
    bar.addSeparator()
    board = CaptionCombo("Board", "chip")
    board.addItems(["PYNQ-Z2"])
    bar.addWidget(board)
    return bar


def _dock(title: str, detail: str = "") -> QDockWidget:
    dock = QDockWidget(title)
    header = PanelHeader(title, detail)
    header.add_button("more", f"More for {title.lower()}")
    dock.setTitleBarWidget(header)
    splitter = QSplitter(Qt.Orientation.Vertical)
    for start in ("conv", "dense"):
        rows = QListWidget()
        rows.addItems([f"{start}_{row}" for row in range(4)])
        splitter.addWidget(rows)
    dock.setWidget(splitter)
    return dock
