"""Pictures of the canvas and of panels, in the colours on screen or on paper."""

import pytest
from PySide6.QtGui import QImage

from app.exports import find_export, network_picture, widget_picture, write_export
from app.presenters.canvas import CanvasPresenter
from engine.design import Design
from widgets import theme
from widgets.budget import BudgetBars
from widgets.canvas.model import CanvasModel, Heat
from widgets.canvas.view import CanvasView


@pytest.fixture
def canvas(subject, qtbot, qapp):
    theme.apply(qapp, theme.Scheme.DARK)
    canvas = CanvasView()
    qtbot.addWidget(canvas)
    canvas.set_model(CanvasPresenter().model(subject.design, subject.estimate, subject.flow, "DSP"))
    yield canvas
    theme.apply(qapp, theme.Scheme.LIGHT)


def _lightness(png):
    return QImage.fromData(png).pixelColor(2, 2).lightness()


def test_the_network_is_drawn_whole_in_the_colours_on_screen(canvas, subject):
    picture = network_picture(canvas)
    assert _lightness(picture.png()) < 60
    words = picture.svg("x").decode()
    assert all(name in words for name in ("stem", "conv1", "classifier"))


def test_on_paper_the_network_is_light(canvas):
    canvas.set_heat(Heat("DSP", theme.current().color("resource.DSP").name()))
    paper = network_picture(canvas).on_paper()
    assert _lightness(paper.png()) > 200
    assert paper.look.heat == Heat("DSP", theme.make_theme("light").color("resource.DSP").name())


def test_on_paper_a_long_network_is_broken_into_rows(canvas, subject):
    screen, paper = network_picture(canvas), network_picture(canvas).on_paper()
    assert paper.network.layout.bounds.w < screen.network.layout.bounds.w
    assert set(paper.network.nodes) == set(subject.design.network.by_name)


def test_a_side_passes_no_more_pixels_than_asked_for(canvas):
    image = QImage.fromData(network_picture(canvas).png(most=500))
    assert 400 < max(image.width(), image.height()) < 600


def test_an_empty_canvas_has_no_picture(qtbot):
    canvas = CanvasView()
    qtbot.addWidget(canvas)
    canvas.set_model(CanvasModel((), (), (), {}))
    with pytest.raises(ValueError, match="no layers"):
        network_picture(canvas).png()


def test_a_panel_is_drawn_as_it_is_shown(qtbot, subject, tmp_path):
    from dataclasses import replace

    panel = BudgetBars()
    qtbot.addWidget(panel)
    panel.resize(612, 300)
    picture = widget_picture(panel)
    image = QImage.fromData(picture.png())
    assert (image.width(), image.height()) == (1224, 600)
    path = write_export(find_export("budget.svg"), replace(subject, budget=picture), tmp_path / "b.svg")
    assert b"<svg" in path.read_bytes()


def test_designs_are_exported_with_their_network(canvas, subject, tmp_path):
    from dataclasses import replace

    whole = replace(subject, graph=network_picture(canvas))
    assert isinstance(whole.design, Design)
    page = write_export(find_export("report.html"), whole, tmp_path / "r.html").read_text()
    assert page.count("<img") > 8
