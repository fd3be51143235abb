"""Editing the network through the controller: what a hand does, undone exactly."""

import pytest
from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

from app.controllers.edits import EditController
from app.document import Document
from app.selection import Selection
from engine.network import UNCONNECTED
from engine.project import Project, Session
from tests.samples import small_resnet


@pytest.fixture
def desk(tmp_path, qtbot):
    session = Session(tmp_path)
    document = Document(Project(small_resnet(session.tensors)), session)
    selection = Selection(document)
    controller = EditController(document, selection)
    yield controller, document, selection
    document.close()


def test_a_layer_is_inserted_on_an_edge_and_selected(desk):
    controller, document, selection = desk
    controller.add("batch_norm", edge=("conv1", "conv1_relu", 0))
    assert document.design.network["conv1_relu"].inputs == ("batch_norm",)
    assert selection.names == ("batch_norm",)
    assert document.undo_stack.undoText() == "Insert Batch norm"


def test_deleting_reconnects(desk):
    controller, document, selection = desk
    selection.set(["conv1_relu"])
    controller.delete_selected()
    assert document.design.network["conv2"].inputs == ("conv1",)
    assert selection.names == ()
    document.undo_stack.undo()
    assert document.design.network["conv2"].inputs == ("conv1_relu",)


def test_a_cycle_is_refused_with_its_reason(desk, qtbot):
    controller, document, _ = desk
    before = document.design
    with qtbot.waitSignal(controller.refused) as refusal:
        controller.connect_layers("classifier", "stem", 0)
    assert "circle" in refusal.args[0]
    assert document.design == before
    assert "circle" in controller.why_not_connect("classifier", "stem", 0)
    assert controller.why_not_connect("stem", "conv2", 0) == ""


def test_copies_keep_their_wiring_and_weights(desk):
    controller, document, selection = desk
    selection.set(["conv1", "conv1_relu"])
    controller.copy_selected()
    controller.paste()
    network = document.design.network
    assert selection.names == ("conv1_2", "conv1_relu_2")
    assert network["conv1_relu_2"].inputs == ("conv1_2",)
    assert network["conv1_2"].inputs == (UNCONNECTED,)
    assert network["conv1_2"].weights == network["conv1"].weights
    assert document.design.of_layer("conv1_2") == document.design.of_layer("conv1")


def test_a_foreign_clipboard_is_refused(desk, qtbot):
    controller, document, _ = desk
    before = document.design
    for content in (b"{", b"[1]", b'[{"name": "x"}]'):
        data = QMimeData()
        data.setData("application/x-codesign-layers", QByteArray(content))
        QGuiApplication.clipboard().setMimeData(data)
        with qtbot.waitSignal(controller.refused):
            controller.paste()
    assert document.design == before


def test_renaming_takes_settings_along(desk):
    controller, document, selection = desk
    selection.set(["conv1"])
    settings = document.design.of_layer("conv1")
    controller.rename("conv1", "first")
    assert document.design.of_layer("first") == settings
    assert selection.names == ("first",)


def test_an_activation_is_added_with_its_function(desk):
    controller, document, selection = desk
    controller.add("activation/tanh", edge=("conv1", "conv1_relu", 0))
    assert selection.names == ("tanh",)
    assert document.design.network["tanh"].op.subtitle() == "Tanh"


def test_a_convolution_put_into_a_branch_keeps_the_shape_that_the_addition_needs(desk):
    controller, document, selection = desk
    controller.add("conv2d", edge=("conv1_relu", "conv2", 0))
    assert selection.names == ("conv2d",)
    assert document.design.network.shapes["add"] == (8, 8, 4)
