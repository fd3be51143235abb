"""The doctor knows the open tools by their packages."""

import pytest

from engine.environment import State, check
from engine.environment import open_tools as tools


@pytest.mark.parametrize("tool", tools.OPEN_TOOLS, ids=lambda tool: tool.id)
def test_each_is_installed_for_the_tests(tool):
    assert tool.version
    assert tool.version.startswith(tool.release)
    assert "post" not in tool.release


def test_the_doctor_names_what_is_there():
    found = {each.id: each for each in check()}
    assert found["yosys"].detail == f"Yosys {tools.YOSYS.release}"
    for name in ("nextpnr_ecp5", "nextpnr_gowin", "nextpnr_ice40"):
        assert found[name].state is State.OK


def test_the_doctor_says_how_to_get_what_is_missing(monkeypatch):
    monkeypatch.setattr(tools.OpenTool, "version", property(lambda tool: "" if tool is tools.GOWIN_PACK else "1"))
    found = {each.id: each for each in check()}
    assert found["nextpnr_gowin"].state is State.MISSING
    assert found["nextpnr_gowin"].detail == "not installed: gowin_pack (Apycula)"
    assert "make setup-all" in found["nextpnr_gowin"].remedy
    assert found["nextpnr_ecp5"].state is State.OK
