"""Pictures of the network as files."""

import pytest
from PySide6.QtSvg import QSvgRenderer

from widgets import theme
from widgets.canvas.export import draw_image, write_svg


def test_an_image_shows_everything_whatever_the_view_shows(view):
    view.zoom_to(3.0)
    image = draw_image(view.canvas.picture, view.canvas.look, 2.0)
    bounds = view.canvas.picture.layout.bounds
    assert (image.width(), image.height()) == (round((bounds.w + 64) * 2), round((bounds.h + 64) * 2))
    box = view.canvas.picture.layout.boxes["softmax"]
    x, y = 2 * (box.x - bounds.x + 32 + box.w - 8), 2 * (box.y - bounds.y + 32 + 8)
    assert image.pixelColor(round(x), round(y)) == theme.current().color("bg.node")


def test_an_svg_keeps_words_and_lines(view, tmp_path):
    write_svg(view.canvas.picture, view.canvas.look, tmp_path / "net.svg")
    text = (tmp_path / "net.svg").read_text(encoding="utf-8")
    assert QSvgRenderer(str(tmp_path / "net.svg")).isValid()
    assert "block2_conv2" in text
    assert "128 DSP" in text
    assert "<image" not in text
    assert "sans-serif" in text
    bounds = view.canvas.picture.layout.bounds
    assert f'viewBox="0 0 {bounds.w + 64:g} {bounds.h + 64:g}"' in text


def test_a_file_that_cannot_be_written_is_an_error(view, tmp_path):
    with pytest.raises(OSError, match="missing"):
        write_svg(view.canvas.picture, view.canvas.look, tmp_path / "missing" / "net.svg")
