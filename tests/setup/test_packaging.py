"""What installers tell a desktop: the same files everywhere; Windows' compiles; the manual page knows every command."""

import ast
import configparser
import plistlib
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from app.cli.main import COMMANDS
from engine.opening.opening import OPENABLE
from engine.project import SUFFIX

PACKAGING = Path(__file__).parents[2] / "packaging"
LINUX = PACKAGING / "linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def test_project_files_and_networks_open_in_the_studio():
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(LINUX / "codesign-studio.desktop", encoding="utf-8")
    kinds = ElementTree.parse(LINUX / "codesign-studio.mime.xml").getroot().findall(f"{MIME}mime-type")
    component = ElementTree.parse(LINUX / "codesign-studio.metainfo.xml").getroot()
    assert entry["Desktop Entry"]["MimeType"] == "".join(f"{kind.get('type')};" for kind in kinds)
    assert [each.text for each in component.findall("provides/mediatype")] == [kind.get("type") for kind in kinds]
    patterns = [kind.find(f"{MIME}glob").get("pattern").removeprefix("*") for kind in kinds]
    assert patterns[0] == SUFFIX
    assert {*patterns} <= {*OPENABLE}
    assert entry["Desktop Entry"]["Exec"] == "codesign-studio %F"
    assert component.find("launchable").text == "codesign-studio.desktop"


def test_the_manual_page_knows_every_command():
    page = (LINUX / "codesign-studio.1").read_text(encoding="utf-8").replace("\\", "")
    assert [command for command in COMMANDS if f".B {command}\n" not in page] == []


def test_macos_is_told_the_same_files():
    specification = ast.parse((PACKAGING / "codesign-studio.spec").read_text(encoding="utf-8"))
    given = next(word.value for word in ast.walk(specification) if getattr(word, "arg", "") == "info_plist")
    told = plistlib.loads(plistlib.dumps(ast.literal_eval(given)))
    project, network = told["CFBundleDocumentTypes"]
    assert [f".{each}" for each in project["CFBundleTypeExtensions"]] == [SUFFIX]
    assert {f".{each}" for each in network["CFBundleTypeExtensions"]} <= {*OPENABLE}
    # Projects are the studio's own; what opened networks before still does.
    assert (project["LSHandlerRank"], network["LSHandlerRank"]) == ("Owner", "Alternate")


@pytest.mark.skipif(not shutil.which("makensis"), reason="needs NSIS")
def test_the_installer_for_windows_compiles_without_a_warning(tmp_path):
    program, setup = tmp_path / "a program", tmp_path / "codesign-studio-setup.exe"
    (program / "_internal").mkdir(parents=True)
    for name in ("codesign-studio.exe", "_internal/a file"):
        (program / name).write_text("stand-in")
    names = {"VERSION": "1.2.3", "PROGRAM": program, "OUT": setup}
    defined = [f"-D{name}={value}" for name, value in names.items()]
    subprocess.run(["makensis", "-V2", "-WX", *defined, PACKAGING / "windows" / "installer.nsi"], check=True)
    assert setup.read_bytes().startswith(b"MZ")
