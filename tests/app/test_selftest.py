"""`--selftest` on the command line: a row for each part, and an exit code that scripts can go by."""

import json

import pytest

from app.cli import selftest
from app.cli.main import main
from engine.selftest import CHECKS, Check, NotAvailableError


def _raise(error):
    raise error


@pytest.fixture
def parts(monkeypatch):
    """Stand-ins for what takes long: `parts(...)` says which checks there are."""

    def use(*checks):
        monkeypatch.setattr(selftest, "CHECKS", checks)

    return use


def test_what_is_not_available_is_no_fault(parts, capsys):
    parts(CHECKS[0], Check("y", "Yosys", lambda _bench: _raise(NotAvailableError("Yosys is not installed."))))
    assert main(["--selftest", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(each["id"], each["verdict"]) for each in found] == [
        ("window", "passed"),
        ("example", "passed"),
        ("y", "not available"),
    ]
    assert found[2]["detail"] == "Yosys is not installed."


def test_a_fault_is_exit_code_1_and_the_rest_is_still_checked(parts, capsys, monkeypatch):
    monkeypatch.setattr(selftest, "_window", lambda _picture: _raise(OSError("no library")))
    parts(CHECKS[0])
    assert main(["--selftest"]) == 1
    window, example = capsys.readouterr().out.splitlines()
    assert "failed" in window
    assert "no library" in window
    assert "passed" in example
