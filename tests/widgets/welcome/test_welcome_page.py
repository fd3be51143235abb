"""The welcome page by keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton

from widgets.welcome import ExampleView, RecentView, WelcomePage


def test_tab_goes_column_by_column_and_enter_opens(qtbot):
    window, page = QMainWindow(), WelcomePage()
    qtbot.addWidget(window)
    page.set_examples((ExampleView("first.codesign", "First", ""), ExampleView("second.codesign", "Second", "")))
    page.set_recent((RecentView("kept.h5", "kept.h5", "yesterday"),))
    window.setCentralWidget(page)
    window.resize(1366, 700)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    first = next(button for button in page.findChildren(QPushButton) if button.text() == "Open a network…")
    qtbot.waitUntil(lambda: first.setFocus() or first.hasFocus())
    names = []
    for _ in range(7):
        focused = QApplication.focusWidget()
        names.append(focused.accessibleName() or focused.text())
        if names[-1].startswith("Example First"):
            with qtbot.waitSignal(page.file_requested) as opened:
                qtbot.keyClick(focused, Qt.Key.Key_Return)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert opened.args == ["first.codesign"]
    assert [name.split(",")[0] for name in names[2:]] == [
        "Take the tour",
        "kept.h5",
        "Example First",
        "Example Second",
        "Check again",
    ]
