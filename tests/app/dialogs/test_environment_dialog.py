"""What this computer can do is shown with what would mend it; tools named in the preferences are judged."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextDocumentFragment
from PySide6.QtWidgets import QLabel

from app.dialogs.environment_dialog import EnvironmentDialog
from app.dialogs.pages import ToolsPage
from app.dialogs.pages.tool_field import judged
from app.preferences import Preferences
from engine.environment import VENDOR_TOOLS, Capability, State, check

VIVADO = next(tool for tool in VENDOR_TOOLS if tool.id == "vivado")


def _texts(dialog):
    return [label.text() for label in dialog.rows.findChildren(QLabel) if label.isVisible()]


def test_every_capability_is_shown(shown):
    dialog = shown(EnvironmentDialog())
    for each in check():
        assert each.title in _texts(dialog)
        if each.id not in ("memory", "disk"):
            assert each.detail in _texts(dialog)


def test_checking_again_shows_what_has_changed(shown, qtbot):
    state = [Capability("vivado", "Vivado", State.MISSING, "not found", "Install it.")]
    dialog = shown(EnvironmentDialog(look=lambda: tuple(state)))
    assert _texts(dialog) == ["Vivado", "not found", "Install it."]
    state[:] = [Capability("vivado", "Vivado", State.OK, "2023.2")]
    qtbot.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _texts(dialog) == ["Vivado", "2023.2"])


def test_commands_are_set_apart_without_backticks(shown, qtbot):
    found = (Capability("b", "Yosys", State.OK, "0.56", "`doctor --prepare` does <so> now; `addons` too."),)
    dialog = shown(EnvironmentDialog(look=lambda: found))
    (line,) = (label for label in dialog.rows.findChildren(QLabel) if "doctor" in label.text())
    plain = QTextDocumentFragment.fromHtml(line.text()).toPlainText()
    assert plain == "doctor --prepare does <so> now; addons too."
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert "`doctor --prepare`" in QGuiApplication.clipboard().text()


def test_all_is_copied(shown, qtbot):
    found = (
        Capability("a", "Emulate", State.OK, "g++"),
        Capability("b", "Vivado", State.MISSING, "not found", "Install it."),
    )
    dialog = shown(EnvironmentDialog(look=lambda: found))
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == (
        "Emulate: available. g++\nVivado: missing. not found\n    Install it.\n"
    )


def test_rows_speak_for_themselves(shown):
    found = (Capability("b", "Vivado", State.MISSING, "not found", "Install it."),)
    dialog = shown(EnvironmentDialog(look=lambda: found))
    names = [child.accessibleName() for child in dialog.rows.children() if hasattr(child, "accessibleName")]
    assert names == ["Vivado, missing. not found Install it."]


@pytest.fixture
def installed(tmp_path):
    """A folder as the vendor's installer leaves it."""
    program = tmp_path / "Vivado" / "2023.2" / "bin" / "vivado"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return program


def test_a_folder_with_the_tool_is_marked_with_its_version(shown, qtbot, installed):
    page = shown(ToolsPage((VIVADO,)))
    field = page.fields["vivado"]
    assert field.mark.text() == "not found"
    with qtbot.waitSignal(page.changed):
        field.edit.setFocus()
        qtbot.keyClicks(field.edit, str(installed.parents[1]))
    assert field.mark.text() == f"found 2023.2 at {installed}"
    assert page.applied_to(Preferences()).tool_paths == {"vivado": str(installed.parents[1])}


@pytest.mark.parametrize("part", [0, 1])
def test_the_program_and_its_folder_will_do(installed, part):
    place = (installed, *installed.parents)[part]
    assert judged(VIVADO, str(place)) == (installed, "")


def test_a_place_without_the_tool_says_so(shown, tmp_path):
    assert judged(VIVADO, str(tmp_path / "nowhere"))[1] == "There is no such file or folder."
    assert "holds vivado" in judged(VIVADO, str(tmp_path))[1]
    page = shown(ToolsPage((VIVADO,)))
    page.show_preferences(Preferences(tool_paths={"vivado": str(tmp_path)}))
    field = page.fields["vivado"]
    assert "holds vivado" in field.field.error
    assert not field.mark.isVisible()
    field.edit.clear()
    assert page.applied_to(Preferences(tool_paths={"vivado": "x", "other": "y"})).tool_paths == {"other": "y"}


def test_a_tool_found_elsewhere_does_not_excuse_a_wrong_place(installed, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(installed.parent), prepend=":")
    assert judged(VIVADO, "") == (installed, "")
    (tmp_path / "empty").mkdir()
    assert judged(VIVADO, str(tmp_path / "empty"))[0] is None
