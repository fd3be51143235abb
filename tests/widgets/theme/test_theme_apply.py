"""The theme dresses the application, follows the system or a choice, and repaints what is open."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt, qInstallMessageHandler
from PySide6.QtGui import QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from widgets import theme
from widgets.theme import controller
from widgets.theme.stylesheet import build_style_sheet


def _ground(widget):
    return widget.grab().toImage().pixelColor(3, 3).name()


def test_a_theme_switch_repaints_open_windows(qtbot, qapp, light):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    assert _ground(window) == light.color("bg.panel").name()
    with qtbot.waitSignal(theme.signals().changed) as told:
        theme.apply(qapp, theme.Scheme.DARK)
    assert told.args[0] is theme.current()
    assert theme.current().is_dark
    assert _ground(window) == theme.current().color("bg.panel").name()


def test_the_same_theme_is_not_applied_twice(qtbot, qapp, light):
    with qtbot.assertNotEmitted(theme.signals().changed):
        theme.apply(qapp, theme.Scheme.LIGHT)


def test_the_system_is_followed_until_a_theme_is_chosen(qapp, light, monkeypatch):
    shown = ["light"]
    monkeypatch.setattr(controller, "system_mode", lambda app: shown[0])
    theme.apply(qapp, theme.Scheme.SYSTEM)
    shown[0] = "dark"
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.current().is_dark
    theme.apply(qapp, theme.Scheme.LIGHT)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not theme.current().is_dark


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_no_palette_role_is_left_to_the_platform(qapp, light, scheme):
    theme.apply(qapp, scheme)
    now = theme.current()
    allowed = {colour[:3] for colour in now.colours.values()}
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        for role in QPalette.ColorRole:
            if role not in (QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles):
                colour = qapp.palette().color(group, role)
                assert (colour.red(), colour.green(), colour.blue()) in allowed, (group, role)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_qt_understands_the_style_sheet(qtbot, qapp, light, mode):
    complaints = []
    previous = qInstallMessageHandler(lambda _kind, _context, text: complaints.append(text))
    try:
        widget = QPushButton("x")
        qtbot.addWidget(widget)
        widget.setStyleSheet(build_style_sheet(theme.make_theme(mode)))
        widget.ensurePolished()
    finally:
        qInstallMessageHandler(previous)
    assert not [text for text in complaints if "parse" in text or "property" in text]
    assert "@" not in build_style_sheet(theme.make_theme(mode))


def test_figures_are_tabular_also_under_the_style_sheet(qtbot, light):
    label = QLabel("")
    label.setProperty("type", "caption")
    qtbot.addWidget(label)
    label.show()
    for font in (theme.current().font("body"), label.font()):
        widths = {QFontMetricsF(font).horizontalAdvance(digit * 4) for digit in "0123456789"}
        assert len(widths) == 1
    assert label.font().pixelSize() == theme.current().text_px("caption")


def test_fonts_fall_back_to_what_the_system_has(qapp, light):
    assert QFontInfo(light.font("mono")).fixedPitch()
    assert light.font("title").weight() == 600
    assert light.font("body", 500).weight() == 500
    assert qapp.font().pixelSize() == light.text_px("body")


def test_monospaced_fields_follow_the_text_scale(qtbot, qapp, light):
    field = QLineEdit("ap_fixed<8,3>")
    field.setProperty("mono", True)
    qtbot.addWidget(field)
    field.show()
    assert QFontInfo(field.font()).fixedPitch()
    theme.apply(qapp, theme.Scheme.LIGHT, text_scale=2.0)
    assert field.font().pixelSize() == 24


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_controls_are_tall_enough_for_their_text(qtbot, qapp, light, scale):
    theme.apply(qapp, theme.Scheme.LIGHT, text_scale=scale)
    holder = QWidget()
    qtbot.addWidget(holder)
    stack = QVBoxLayout(holder)
    parts = [QPushButton("Synthesise"), QLineEdit("gjpqy"), QLabel("gjpqy")]
    for part in parts:
        stack.addWidget(part)
    holder.show()
    for part in parts:
        assert part.height() >= part.fontMetrics().height()
    assert parts[0].height() == theme.current().size("button")
    assert parts[1].height() == theme.current().size("control")


def test_rows_of_a_tree_have_the_designs_height(qtbot, light):
    holder = QWidget()
    qtbot.addWidget(holder)
    tree = QTreeWidget(holder)
    tree.ensurePolished()
    item = QTreeWidgetItem(tree, ["block"])
    QTreeWidgetItem(item, ["layer"])
    tree.expandAll()
    holder.show()
    assert tree.visualItemRect(item).height() == light.size("row")


def test_importing_the_theme_loads_nothing_heavy():
    probe = "import sys, widgets.theme; print(*[m for m in sys.modules if m in ('pyqtgraph', 'numpy', 'networkx')])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize(
    "text", ["Short.", "“digits_resnet” has edits and runs that no file holds. Save them?", "word " * 60]
)
def test_a_message_is_never_cut(qtbot, light, text):
    box = QMessageBox(QMessageBox.Icon.Question, "Save changes?", text)
    qtbot.addWidget(box)
    box.show()
    label = box.findChild(QLabel, "qt_msgbox_label")
    if label.wordWrap():
        assert label.height() >= label.heightForWidth(label.width())
    else:
        assert label.width() >= label.sizeHint().width()
