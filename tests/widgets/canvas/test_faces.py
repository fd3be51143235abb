"""Kept faces: shared, bounded, stretched only for a moment."""

import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from tests.widgets.canvas import networks
from widgets import theme
from widgets.canvas.facecache import PLAIN, FaceCache
from widgets.canvas.far import paint_shares
from widgets.canvas.look import Look
from widgets.canvas.model import Heat
from widgets.canvas.pen import Pen


def test_equal_nodes_share_a_face(qapp):
    cache = FaceCache(Look(theme.current()))
    ready = cache.at(1.0, True, 1.0)
    first = cache.face(networks.pill("relu_1"), "ReLU", 92, 40, PLAIN)
    second = cache.face(networks.pill("relu_2"), "ReLU", 92, 40, PLAIN)
    assert first is second
    assert set(ready) == {"relu_1", "relu_2"}
    assert cache.face(networks.pill("relu_3", "Tanh"), "Tanh", 92, 40, PLAIN) is not first


def test_what_is_kept_stays_within_its_budget(qapp):
    cache = FaceCache(Look(theme.current()))
    ready = cache.at(2.0, True, 1.0)
    for k in range(120):
        cache.face(networks.card(f"layer{k}", 0.1, k), f"layer{k}", 352, 192, PLAIN)
    assert cache.size <= 12 * 1024 * 1024
    assert "layer0" not in ready
    assert "layer119" in ready


def test_after_zooming_every_face_is_sharp_in_the_end(view, qtbot):
    view.set_model(networks.repeated(400))
    view.zoom_to(0.5)
    view.viewport().repaint()
    view.zoom_to(0.55)
    view.viewport().repaint()
    qtbot.waitUntil(lambda: view.canvas.surface.settled)
    assert view.zoom() == 0.55


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal: its references are not counted")
def test_drawing_takes_no_references_to_none(view):
    model = view.model()

    def show(step):
        shares = {n.id: n.share * (1 - step / 200) for n in model.nodes if n.share}
        view.set_model(replace(model, nodes=tuple(replace(n, share=shares.get(n.id)) for n in model.nodes)))
        view.grab()

    show(0)
    before = sys.getrefcount(None)
    for step in range(1, 60):
        show(step)
    assert abs(sys.getrefcount(None) - before) < 600


def test_shares_that_would_cover_each_other_are_left_out_but_for_the_largest(qapp):
    look = Look(theme.current(), Heat("DSP", "#B96E01"))
    nodes = [networks.card(name, share) for name, share in (("a", 0.3), ("b", 0.2), ("c", 0.1))]
    places = [QRectF(10, 10, 8, 5), QRectF(20, 10, 8, 5), QRectF(90, 10, 8, 5)]

    def painted(count):
        image = QImage(140, 30, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        paint_shares(Pen(painter, look), [(nodes[k], places[k]) for k in count])
        painter.end()
        return image

    assert painted((0, 1, 2)) == painted((0, 2))
    assert painted((0, 2)) != painted((0,))
