"""The field in the middle of the menu bar."""

from PySide6.QtWidgets import QApplication, QLabel, QMenuBar

from app.find_button import FindButton


def test_it_follows_the_corner_of_its_bar(qtbot):
    bar = QMenuBar()
    qtbot.addWidget(bar)
    name = QLabel("a name of a network")
    bar.setCornerWidget(name)
    field = FindButton(bar)
    for width in (1200, 500):
        bar.resize(width, 36)
        bar.show()
        QApplication.processEvents()
        assert field.isVisible()
        assert field.geometry().right() < name.x()
