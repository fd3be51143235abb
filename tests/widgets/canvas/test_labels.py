"""Words on wires: along the flow, and only where the wire is long enough."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter

from tests.widgets.canvas import networks
from widgets import theme
from widgets.canvas.geometry import Rect
from widgets.canvas.look import Look
from widgets.canvas.pen import Pen
from widgets.canvas.picture import draw_up
from widgets.canvas.wires import Label, Wires, paint_label

EVERYWHERE = Rect(-9e3, -9e3, 2e4, 2e4)


def labels(direction, space=(1320.0, 700.0)):
    picture = draw_up(networks.digits_resnet(), direction, space)
    return picture.layout, {label.words: label for label in Wires(picture).labels(EVERYWHERE)}


def test_in_rows_words_stand_on_the_level_stretch_of_the_skip():
    layout, words = labels("rows")
    skip = words["skip, FIFO 64 deep"]
    assert not skip.upright
    assert skip.at[1] == min(y for _, y in layout.routes["relu_1", "add_1", 1])
    assert words["continues below"].at[1] == layout.returns[0][1]


@pytest.mark.parametrize("direction", ["rows", "top-down"])
def test_words_stand_where_the_wire_passes_nodes_by_even_if_it_comes_from_another_row(direction):
    model = networks.repeated(80)
    edges = tuple(replace(e, label="skip" if e.port else "") for e in model.edges)
    picture = draw_up(replace(model, edges=edges), direction, (1000.0, 700.0))
    assert picture.layout.rows > 1
    places = [label.at for label in Wires(picture).labels(EVERYWHERE) if label.words == "skip"]
    frames = picture.layout.frames.values()
    assert len(places) == len(frames)
    assert all(any(frame.contains(at) for frame in frames) for at in places)


def test_in_columns_words_stand_on_the_upright_stretch():
    layout, words = labels("top-down")
    skip = words["skip, FIFO 64 deep"]
    assert skip.upright
    assert skip.at[0] == min(x for x, _ in layout.routes["relu_1", "add_1", 1])
    assert words["continues in the next column"].at[0] == layout.returns[0][0]


@pytest.mark.parametrize(("room", "written"), [(30.0, False), (300.0, True)])
@pytest.mark.parametrize("upright", [False, True])
def test_words_that_do_not_fit_are_not_written(qapp, room, written, upright):
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    label = Label("skip, FIFO 64 deep", (100.0, 100.0), room, upright)
    paint_label(Pen(painter, Look(theme.current())), label, QPointF(100, 100), 1.0, "bg.canvas")
    painter.end()
    blank = image.copy()
    blank.fill(0)
    assert (image != blank) == written
