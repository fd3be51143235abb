"""Gallery page of Qt's own widgets under the style sheet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGroupBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSlider,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from widgets import theme
from widgets.controls import DenseTable, IntField, RealField
from widgets.gallery.layout import column, group, line, page, text


def standard_page() -> QWidget:
    """Buttons, fields, views, menus."""
    return page(
        column(_buttons(), _tool_buttons(), _fields(), _ticks(), _measures(), _type()),
        column(_tree(), _table(), _tabs(), _menu()),
    )


def _button(words: str, role: str = "", enabled: bool = True, icon_name: str = "") -> QPushButton:
    button = QPushButton(words)
    button.setProperty("role", role)
    button.setEnabled(enabled)
    if icon_name:
        button.setIcon(theme.icon(icon_name, "accent.on" if role == "primary" else "text.secondary"))
    return button


def _buttons() -> QWidget:
    pressed = _button("Pressed")
    pressed.setDown(True)
    menu = _button("With a menu")
    menu.setMenu(QMenu(menu))
    return group(
        "Push buttons",
        line(_button("Convert"), _button("Emulate"), _button("Synthesise", "primary", icon_name="play"), pressed),
        line(_button("Off", enabled=False), _button("Off", "primary", False), _button("Off", "soft", False)),
        line(_button("Set 288", "soft"), _button("Widen sum", "soft"), _button("Discard", "danger"), menu),
        line(_button("What to change first", "link"), _button("Open a model...", icon_name="folder")),
    )


def _tool_buttons() -> QWidget:
    buttons = []
    for name in ("open", "save", "undo", "redo", "chart", "rows", "fit", "link"):
        button = QToolButton()
        button.setIcon(theme.icon(name))
        button.setToolTip(name)
        buttons.append(button)
    buttons[3].setEnabled(False)
    buttons[5].setCheckable(True)
    buttons[5].setChecked(True)
    return group("Tool buttons: off, checked", line(*buttons))


def _fields() -> QWidget:
    mono = QLineEdit("ap_fixed<8,3>")
    mono.setProperty("mono", True)
    invalid = QLineEdit("ap_fixed<8,")
    invalid.setProperty("invalid", True)
    fixed = QLineEdit("0 to 0.938")
    fixed.setReadOnly(True)
    off = QLineEdit("off")
    off.setEnabled(False)
    combo = QComboBox()
    combo.addItems(["io_stream", "io_parallel"])
    editable = QComboBox()
    editable.setEditable(True)
    editable.addItems(["Mixed", "72"])
    spin, real = IntField(1, 9216), RealField(1, 100, "ns")
    spin.setValue(1220)
    notes = QPlainTextEdit("set_part xc7z020clg400-1\ncreate_clock -period 10")
    notes.setProperty("mono", True)
    notes.setFixedHeight(round(56 * theme.current().text_scale))
    return group("Fields", line(mono, invalid), line(fixed, off), line(combo, editable), line(spin, real), notes)


def _ticks() -> QWidget:
    boxes = [QCheckBox("On"), QCheckBox("Some"), QCheckBox("Off"), QCheckBox("Cannot")]
    boxes[0].setChecked(True)
    boxes[1].setTristate(True)
    boxes[1].setCheckState(Qt.CheckState.PartiallyChecked)
    boxes[3].setChecked(True)
    boxes[3].setEnabled(False)
    radios = [QRadioButton("Light"), QRadioButton("Dark")]
    radios[0].setChecked(True)
    return group("Ticks", line(*boxes), line(*radios))


def _measures() -> QWidget:
    bar = QProgressBar()
    bar.setValue(58)
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setValue(60)
    return group("Measures", bar, slider)


def _type() -> QWidget:
    roles = [text(role.capitalize(), role) for role in ("display", "figure", "title", "section", "body", "caption")]
    tones = [text(tone, "", tone) for tone in ("secondary", "tertiary", "danger", "warning", "ok", "accent")]
    return group("Type", line(*roles), line(*tones))


def _tree() -> QWidget:
    tree = QTreeWidget()
    # A tree measures its rows when it is expanded: it must know the style sheet by then.
    tree.ensurePolished()
    tree.setHeaderLabels(["Layer", "DSP", "Share"])
    chosen = QTreeWidgetItem()
    for block, share in (("Block 1", "25 %"), ("Block 2", "65 %")):
        parent = QTreeWidgetItem(tree, [block, "64", share])
        for child in ("conv1", "conv2", "add"):
            item = QTreeWidgetItem(parent, [f"{block} {child}", "32", "12 %"])
            item.setIcon(0, theme.kind_icon("merge" if child == "add" else "conv"))
            chosen = item if child == "conv2" else chosen
    tree.expandAll()
    tree.setCurrentItem(chosen)
    tree.setColumnWidth(0, 180)
    tree.setFixedHeight(theme.current().size("row") * 10)
    return group("Tree", tree)


def _table() -> QWidget:
    table = QTableWidget(3, 4)
    table.setHorizontalHeaderLabels(["Layer", "LUT", "FF", "DSP"])
    for row in range(3):
        for at, words in enumerate((f"layer_{row}", "10,940", "12,700", "128")):
            table.setItem(row, at, QTableWidgetItem(words))
    DenseTable(table)
    table.setFixedHeight(theme.current().size("row") * 5)
    return group("Table", table)


def _tabs() -> QWidget:
    tabs = QTabWidget()
    for name in ("Budget", "Where it goes", "Edits", "Jobs"):
        tabs.addTab(text(f"What {name} shows"), name)
    tabs.setTabEnabled(2, False)
    box = QGroupBox("A group")
    QVBoxLayout(box).addWidget(QCheckBox("Inside"))
    return group("Tabs and group", tabs, box)


def _menu() -> QWidget:
    menu = QMenu()
    for name, words, key in (("new", "New", "Ctrl+N"), ("open", "Open...", "Ctrl+O"), ("save", "Save", "Ctrl+S")):
        action = menu.addAction(theme.icon(name), words)
        action.setShortcut(key)
    menu.addSeparator()
    ticked = menu.addAction("Show what the converter adds")
    ticked.setCheckable(True)
    ticked.setChecked(True)
    menu.addAction("Off: no design").setEnabled(False)
    menu.addMenu("Export")
    menu.setActiveAction(menu.actions()[1])
    menu.setWindowFlags(Qt.WindowType.Widget)
    menu.setFixedSize(menu.sizeHint())
    return group("Menu", line(menu))
