"""`codesign-studio addons` and how the installers' executable finds what was added."""

import json
import sys

import pytest

from app import frozen
from app.cli.main import main
from engine.addons import Addon, added_folder
from engine.addons import addon as addon_module

PART = Addon("place", "Place and route", "place.zip", "ab" * 32, 10, 2_000_000)


@pytest.fixture
def parts(tmp_path, monkeypatch):
    """A catalogue of one part, and a folder for parts of the test's own."""
    file = tmp_path / "addons.json"
    file.write_text(json.dumps([{name: getattr(PART, name) for name in Addon.__slots__}]))
    monkeypatch.setattr(addon_module, "CATALOGUE", file)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path / "codesign-studio" / "addons"


def test_parts_are_listed_and_removed(parts, capsys):
    assert main(["addons"]) == 0
    assert "place: Place and route, 2 MB, not added; its file is place.zip" in capsys.readouterr().out
    added_folder(PART, parts).mkdir(parents=True)
    assert main(["addons"]) == 0
    assert "2 MB, added" in capsys.readouterr().out
    assert main(["addons", "--remove", "place"]) == 0
    assert not added_folder(PART, parts).exists()


@pytest.mark.parametrize(
    ("words", "said"), [(["--add", "x.zip"], "There are: place.zip"), (["--remove", "x"], "There are: place")]
)
def test_what_is_no_part_is_refused_with_those_there_are(parts, capsys, words, said):
    assert main(["addons", *words]) == 2
    assert said in capsys.readouterr().err


def test_a_studio_in_an_environment_says_how_parts_come_there(capsys):
    assert main(["addons"]) == 2
    assert "make setup-all" in capsys.readouterr().err


def test_added_packages_are_found_behind_the_programs_own(parts, monkeypatch):
    monkeypatch.setattr(sys, "path", ["own"])
    frozen.find_parts()
    assert sys.path == ["own"]
    added_folder(PART, parts).mkdir(parents=True)
    frozen.find_parts()
    assert sys.path == ["own", str(added_folder(PART, parts))]
