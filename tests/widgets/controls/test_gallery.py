"""The gallery draws every page in both themes."""

import subprocess
import sys

import pytest
from PySide6.QtGui import QImage

from widgets.gallery.__main__ import main
from widgets.gallery.picture import PAGES


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_drawn_in_both_themes(qapp, light, tmp_path, page):
    out = tmp_path / "gallery.png"
    assert main([str(out), "--page", page]) == 0
    picture = QImage(str(out))
    left = picture.pixelColor(1, picture.height() // 2).lightness()
    right = picture.pixelColor(picture.width() - 2, 8).lightness()
    assert left > 200
    assert right < 60


def test_a_file_that_cannot_be_written_is_a_failure(qapp, light, tmp_path):
    assert main([str(tmp_path / "nowhere" / "gallery.png"), "--theme", "light"]) == 1


def test_it_runs_from_the_command_line(tmp_path):
    out = tmp_path / "dark.png"
    command = [sys.executable, "-m", "widgets.gallery", str(out), "--theme", "dark", "--text-scale", "1.5"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert QImage(str(out)).width() > 600
