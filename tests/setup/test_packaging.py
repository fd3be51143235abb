"""What installers tell a desktop: the same name of the type everywhere, and a manual page that knows every command."""

import configparser
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from app.cli.main import COMMANDS
from engine.project import SUFFIX

LINUX = Path(__file__).parents[2] / "packaging" / "linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def test_a_project_file_opens_in_the_studio():
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(LINUX / "codesign-studio.desktop", encoding="utf-8")
    kind = ElementTree.parse(LINUX / "codesign-studio.mime.xml").getroot().find(f"{MIME}mime-type")
    component = ElementTree.parse(LINUX / "codesign-studio.metainfo.xml").getroot()
    assert entry["Desktop Entry"]["MimeType"] == f"{kind.get('type')};"
    assert component.find("provides/mediatype").text == kind.get("type")
    assert kind.find(f"{MIME}glob").get("pattern") == f"*{SUFFIX}"
    assert entry["Desktop Entry"]["Exec"] == "codesign-studio %F"
    assert component.find("launchable").text == "codesign-studio.desktop"


def test_the_manual_page_knows_every_command():
    page = (LINUX / "codesign-studio.1").read_text(encoding="utf-8").replace("\\", "")
    assert [command for command in COMMANDS if f".B {command}\n" not in page] == []
