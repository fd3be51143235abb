"""Glossary, history and about."""

import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QUndoCommand, QUndoStack

from app.dialogs.about_dialog import AboutDialog
from app.dialogs.about_facts import as_text
from app.dialogs.glossary_dialog import GlossaryDialog
from app.dialogs.history_panel import HistoryPanel
from app.dialogs.licences_dialog import LicencesDialog
from app.libraries import DIRECT, libraries
from engine.addons import LICENCES, Addon, added_folder
from widgets.help import term, terms


def _titles(dialog):
    return [dialog.names.item(row).text() for row in range(dialog.names.count())]


def test_the_glossary_opens_at_a_term(shown):
    dialog = shown(GlossaryDialog(None, "RF"))
    assert dialog.title.text() == "Reuse factor"
    assert dialog.text.text() == term("reuse_factor").text
    assert dialog.names.currentItem().text() == "Reuse factor"


def test_every_term_is_explained(shown):
    dialog = shown(GlossaryDialog())
    assert _titles(dialog) == [entry.title for entry in terms()]
    for entry in terms():
        assert dialog.show_term(entry.id)
        assert dialog.text.text() == entry.text
    assert not dialog.show_term("no such term")
    assert dialog.text.text() == terms()[-1].text


def test_terms_are_searched_and_walked_by_keyboard(shown, qtbot):
    dialog = shown(GlossaryDialog())
    dialog.search.setFocus()
    qtbot.keyClicks(dialog.search, "late")
    assert _titles(dialog)[0] == "Latency"
    assert dialog.title.text() == "Latency"
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.title.text() == _titles(dialog)[1]
    qtbot.keyClick(dialog.search, Qt.Key.Key_Up)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Up)
    assert dialog.title.text() == "Latency"


def test_explanations_are_searched_too(shown, qtbot):
    dialog = shown(GlossaryDialog())
    qtbot.keyClicks(dialog.search, "18 kbit")
    assert _titles(dialog) == ["BRAM18"]
    dialog.search.setText("zebra")
    assert _titles(dialog) == []
    assert not dialog.text.isVisible()
    dialog.search.clear()
    assert dialog.text.isVisible()


@pytest.fixture
def history(shown):
    stack = QUndoStack()
    panel = shown(HistoryPanel(stack))
    panel.resize(300, 300)
    return panel, stack


def _push(stack, *texts):
    for text in texts:
        stack.push(QUndoCommand(text))


def _click(panel, qtbot, row):
    index = panel.list.model().index(row, 0)
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=panel.list.visualRect(index).center())


def test_an_empty_history_says_what_will_be_here(history):
    panel, stack = history
    assert not panel.list.isVisible()
    _push(stack, "First")
    assert panel.list.isVisible()
    assert panel.list.model().rowCount() == 2
    stack.clear()
    assert not panel.list.isVisible()


def test_a_click_goes_back_and_forth(history, qtbot):
    panel, stack = history
    _push(stack, "First", "Second", "Third")
    _click(panel, qtbot, 1)
    assert stack.index() == 1
    assert "2 undone" in [label.text() for label in panel.header.children() if hasattr(label, "text")]
    _click(panel, qtbot, 3)
    assert stack.index() == 3
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Home)
    assert stack.index() == 0


def test_about_lists_what_the_project_asks_for():
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text())["project"]
    wanted = {line.partition(">")[0].partition("=")[0].strip() for line in project["dependencies"]}
    assert set(DIRECT) == wanted
    found = {library.name.lower().replace("_", "-") for library in libraries()}
    assert {name.lower() for name in wanted} <= found
    assert {"python", "inter", "jetbrains mono"} <= found


def test_every_library_names_its_licence():
    assert [library.name for library in libraries() if not library.licence.strip()] == []
    licences = {library.name: library.licence for library in libraries()}
    assert "LGPL" in licences["PySide6_Essentials"]
    assert licences["psutil"] == "BSD-3-Clause"


def test_the_licences_show_the_text_of_the_chosen_library(shown, qtbot):
    dialog = shown(LicencesDialog())
    row = next(index for index, each in enumerate(libraries()) if each.name == "networkx")
    qtbot.mouseClick(
        dialog.names.viewport(),
        Qt.MouseButton.LeftButton,
        pos=dialog.names.visualItemRect(dialog.names.item(row)).center(),
    )
    assert dialog.title.text().startswith("networkx ")
    assert "Redistribution and use in source and binary forms" in dialog.text.toPlainText()


def test_an_installer_shows_what_it_holds(shown, tmp_path, monkeypatch):
    held = tmp_path / "licences.json"
    held.write_text('[{"name": "Qt", "version": "6.11", "licence": "LGPL-3.0", "text": "Version 3, 29 June 2007"}]')
    monkeypatch.setattr("app.libraries.BUNDLED", held)
    dialog = shown(LicencesDialog())
    assert [dialog.names.item(row).text() for row in range(dialog.names.count())] == ["Qt"]
    assert dialog.text.toPlainText() == "Version 3, 29 June 2007"


def test_an_added_part_shows_its_licences_too(tmp_path, monkeypatch):
    part = Addon("compiler", "C++ compiler", "compiler.zip", "0" * 64, 1, 1)
    monkeypatch.setattr("app.libraries.catalogue", lambda: (part,))
    monkeypatch.setattr("app.libraries.root", lambda: tmp_path)
    monkeypatch.setattr("app.libraries.BUNDLED", tmp_path / "licences.json")
    added_folder(part, tmp_path).mkdir()
    for folder, name in ((tmp_path, "Qt"), (added_folder(part, tmp_path), "ziglang")):
        (folder / LICENCES).write_text(f'[{{"name": "{name}", "version": "1", "licence": "MIT", "text": "MIT"}}]')
    assert [each.name for each in libraries()] == ["Qt", "ziglang"]


def test_about_is_copied_with_one_button(shown, qtbot):
    dialog = shown(AboutDialog())
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert text == as_text()
    assert "hls4ml 1.3.0" in text
    assert str(Path.home()) not in text
    assert dialog.copy.text() == "Copied"
