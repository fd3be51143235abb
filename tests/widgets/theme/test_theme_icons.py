"""Every icon draws something, in the colour asked for, at every pixel ratio and in every state."""

import gc
import re

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QToolButton

from widgets import theme
from widgets.theme.assets import draw_assets
from widgets.theme.icons import KIND_DRAWINGS
from widgets.theme.svg import ICONS
from widgets.theme.tokens import MODES, THEMES

NAMES = theme.icon_names()


def _inked(pixmap):
    """Number of pixels that are more than half covered, and their commonest colour."""
    image = pixmap.toImage()
    colours = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    solid = [colour.name() for colour in colours if colour.alpha() > 200]
    return len(solid), max(set(solid), key=solid.count, default="")


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_draws_something_in_its_colour(qapp, light, name):
    count, colour = _inked(theme.icon_pixmap(name, "danger", QSize(32, 32)))
    assert count >= 20
    assert colour == light.color("danger").name()


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_keeps_the_house_rules(name):
    drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 16 16"' in drawing
    assert 'stroke-width="1.4"' in drawing
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawing)) <= {"none", "currentColor", "contrastColor"}


def test_kinds_and_their_drawings_have_icons(qapp, light):
    assert {light.kind_icon(kind) for kind in light.tokens.kinds} <= set(NAMES)
    assert set(KIND_DRAWINGS.values()) <= set(NAMES)
    assert theme.kind_icon_name("activation", "softmax") == "softmax"
    assert theme.kind_icon_name("activation", "relu") == "act"
    assert not theme.kind_icon("conv", "depthwise_conv2d").isNull()


def test_an_unknown_icon_is_named(qapp):
    with pytest.raises(KeyError, match="unicorn"):
        theme.icon("unicorn")


def test_states_have_colours_of_their_own(qapp, light):
    icon = theme.icon("rows")
    size = QSize(32, 32)
    shown = {
        "text.secondary": icon.pixmap(size),
        "text.disabled": icon.pixmap(size, QIcon.Mode.Disabled),
        "accent": icon.pixmap(size, QIcon.Mode.Normal, QIcon.State.On),
    }
    for token, pixmap in shown.items():
        assert _inked(pixmap)[1] == light.color(token).name()


def test_icons_are_sharp_at_high_pixel_ratios(qapp, light):
    pixmap = theme.icon("save").pixmap(QSize(16, 16), 3.0)
    assert pixmap.size() == QSize(48, 48)
    assert pixmap.devicePixelRatio() == 3.0


def test_an_icon_in_use_takes_the_colours_of_a_new_theme(qtbot, qapp, light):
    button = QToolButton()
    button.setIcon(theme.icon("stop"))
    qtbot.addWidget(button)
    before = _inked(button.icon().pixmap(32, 32))[1]
    theme.apply(qapp, theme.Scheme.DARK)
    after = _inked(button.icon().pixmap(32, 32))[1]
    assert (before, after) == (light.color("text.secondary").name(), theme.current().color("text.secondary").name())


def test_copies_of_an_icon_may_go_their_own_way(qapp, light):
    for _round in range(20):
        original = theme.icon("save")
        changed = QIcon(original)
        changed.addPixmap(QPixmap(4, 4))
        del original
        gc.collect()
        assert _inked(changed.pixmap(32, 32))[0] >= 20


@pytest.mark.parametrize("mode", MODES)
def test_glyphs_of_the_style_sheet_are_up_to_date(mode):
    drawn = draw_assets(mode)
    on_disk = {path.stem: path.read_text(encoding="utf-8") for path in (THEMES / mode).glob("*.svg")}
    assert on_disk == drawn, "run: python -m widgets.theme.assets"


def test_glyphs_named_by_the_style_sheet_exist():
    named = {name for path in THEMES.glob("*.qss") for name in re.findall(r"@asset\.([\w-]+)", path.read_text())}
    assert named <= set(draw_assets("light"))


def test_icons_are_sharp_on_a_zoomed_canvas(qapp, light):
    zoomed, plain = QPixmap(64, 64), QPixmap(64, 64)
    for pixmap, zoom in ((zoomed, 4), (plain, 1)):
        pixmap.fill(light.color("bg.panel"))
        painter = QPainter(pixmap)
        painter.scale(zoom, zoom)
        theme.paint_icon(painter, QRectF(0, 0, 64 / zoom, 64 / zoom), "stop")
        painter.end()
    assert zoomed.toImage() == plain.toImage()
