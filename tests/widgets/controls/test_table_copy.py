"""Any table of the studio goes to the clipboard by Ctrl+C, whatever the window would copy."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMainWindow

from widgets.controls import TextTable


def test_a_table_with_the_keyboard_is_copied_instead_of_layers(qtbot):
    window, copied = QMainWindow(), []
    layers = QAction(window, shortcut=QKeySequence.StandardKey.Copy)
    layers.triggered.connect(lambda: copied.append("layers"))
    window.addAction(layers)
    table = TextTable("Figures", ("Layer", "LUT"))
    table.set_rows((("fc1", "1,234"), ("two\nlines", "")))
    window.setCentralWidget(table)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitActive(window)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Layer\tLUT\nfc1\t1,234\ntwo lines\t\n"
    assert not copied
