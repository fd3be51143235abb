"""What installers tell a desktop: the same name of the type everywhere, and a manual page that knows every command."""

import configparser
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from app.cli.main import COMMANDS
from engine.opening.opening import OPENABLE
from engine.project import SUFFIX

LINUX = Path(__file__).parents[2] / "packaging" / "linux"
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
