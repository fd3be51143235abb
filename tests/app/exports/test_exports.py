"""Every export writes a whole file or none, under a name that any file system takes."""

import struct
from dataclasses import replace
from threading import Event
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QProgressDialog, QWidget

from app.exports import EXPORTS, Picture, find_export, suggested_name, write_export
from app.progress import CancelledError, aside, progress
from engine.design import REUSE_FACTOR
from engine.flows.hls4ml.config import apply_config
from engine.flows.registry import flow
from engine.readers import read_model
from tests.app.exports.conftest import RED
from tests.engine.flows.finn.test_flow import for_finn
from tests.samples import jet_tagger, small_resnet

STARTS = {
    ".pdf": b"%PDF-",
    ".html": b"<!DOCTYPE html>",
    ".csv": b"layer,kind",
    ".png": b"\x89PNG",
    ".svg": b"<?xml",
    ".zip": b"PK",
}


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.id)
def test_each_export_writes_its_file(export, subject, tmp_path):
    if export.id == "verilog.zip":
        assert "the open flow does" in export.off(subject)
        subject = for_open_flow(subject)
    if export.id in ("folding.json", "finn.onnx"):
        assert "no PE and SIMD" in export.off(subject)
        subject = replace(subject, design=for_finn(jet_tagger(subject.tensors)), flow=flow("finn"))
    path = write_export(export, subject, tmp_path / suggested_name(export, subject))
    content = path.read_bytes()
    assert path.suffix == export.suffix
    assert content.startswith(STARTS.get(export.suffix, b""))
    assert len(content) > 100
    written = {each.suffix for each in tmp_path.iterdir() if each.is_file()}
    assert written == ({".py", ".npz"} if export.id == "script.py" else {path.suffix})


def test_for_finn_the_qonnx_model_gives_way_to_the_one_for_finn(subject):
    subject = replace(subject, flow=flow("finn"))
    assert "Export model for FINN" in find_export("qonnx.onnx").off(subject)
    assert find_export("finn.onnx").off(subject) == ""


def for_open_flow(subject):
    design = replace(subject.design, target=replace(subject.design.target, flow="rtl"))
    return replace(subject, design=design, flow=flow("rtl"), estimate=flow("rtl").estimate(design, subject.tensors))


def test_ids_are_unique_and_found():
    assert [find_export(export.id) for export in EXPORTS] == list(EXPORTS)
    with pytest.raises(KeyError):
        find_export("nothing")


def test_a_missing_suffix_is_added_and_another_is_kept(subject, tmp_path):
    table = find_export("table.csv")
    assert write_export(table, subject, tmp_path / "a").name == "a.csv"
    assert write_export(table, subject, tmp_path / "a.txt").name == "a.txt"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b\\c:d", "", "…", "con?*", "a" * 500])
def test_suggested_names_stay_in_their_folder(name, subject):
    design = replace(subject.design, name=name)
    suggested = suggested_name(find_export("report.pdf"), replace(subject, design=design))
    assert not set(suggested) & set('/\\:*?"<>|')
    assert not suggested.startswith(".")
    assert suggested.endswith("_report.pdf")
    assert len(suggested) < 150


def test_a_failed_write_leaves_the_old_file(subject, tmp_path):
    table = find_export("table.csv")
    target = tmp_path / "folder.csv"
    target.mkdir()
    with pytest.raises(OSError, match=r"folder\.csv"):
        write_export(table, subject, target)
    assert list(tmp_path.glob(".*")) == []


def test_what_cannot_be_exported_says_why(subject, tmp_path):
    without = replace(subject, graph=None)
    graph = find_export("graph.png")
    assert graph.off(without) == "there is no picture of the network"
    assert graph.off(subject) == ""
    with pytest.raises(ValueError, match=r"^Cannot export picture of the network as PNG: there is"):
        write_export(graph, without, tmp_path / "a.png")
    assert list(tmp_path.glob("*.png")) == []


def test_the_configuration_comes_back_as_the_same_settings(subject, tmp_path):
    path = write_export(find_export("config.yml"), subject, tmp_path / "c.yml")
    applied = apply_config(replace(subject.design, layers=()), path.read_text())
    assert applied.design.of_layer("conv1").get(REUSE_FACTOR) == 4


@pytest.mark.parametrize("export_id", ["qonnx.onnx", "keras.h5", "keras.keras"])
def test_models_open_again(subject, store, tmp_path, export_id):
    path = write_export(find_export(export_id), subject, tmp_path / f"a{find_export(export_id).suffix}")
    again, ours = read_model(path, store).network, subject.design.network
    # Layers of one depth may change places.
    assert sorted(map(repr, (layer.op for layer in again.layers))) == sorted(
        map(repr, (each.op for each in ours.layers))
    )
    assert find_export(export_id).off(replace(subject, tensors=None)) == "the weights are not at hand"


def test_the_script_is_python_beside_its_weights(subject, tmp_path):
    path = write_export(find_export("script.py"), subject, tmp_path / "build.py")
    compile(path.read_text(), str(path), "exec")
    assert (tmp_path / "build.npz").exists()


def test_another_flow_has_neither_configuration_nor_script(subject):
    target = replace(subject.design.target, flow="rtl")
    other = replace(subject, design=replace(subject.design, target=target))
    for export_id in ("config.yml", "script.py"):
        assert "not a flow of hls4ml" in find_export(export_id).off(other)
    assert find_export("script.py").off(replace(subject, tensors=None)) == "the weights are not at hand"


def test_a_design_that_hls4ml_cannot_build_has_no_script(subject, tmp_path):
    bare = replace(subject, design=small_resnet())
    with pytest.raises(ValueError, match="no values for its kernel"):
        write_export(find_export("script.py"), bare, tmp_path / "build.py")
    assert list(tmp_path.glob("build*")) == []


def test_a_picture_has_its_pixels(subject):
    image = QImage.fromData(subject.graph.png(2.0))
    assert (image.width(), image.height()) == (400, 200)
    assert image.pixelColor(60, 60) == RED
    assert image.pixelColor(2, 2).alpha() == 0


def test_a_huge_picture_is_made_less_dense():
    wide = Picture(QSizeF(40_000, 100), lambda painter: painter.fillRect(0, 0, 40_000, 100, QColor("blue")))
    image = QImage.fromData(wide.png())
    assert (image.width(), image.height()) == (16_000, 40)


@pytest.mark.parametrize("write", [lambda picture: picture.png(), lambda picture: picture.svg("x")])
def test_an_empty_picture_is_refused(write):
    with pytest.raises(ValueError, match="nothing in the picture"):
        write(Picture(QSizeF(0, 10), lambda painter: None))


def test_a_painter_that_fails_does_not_hang_the_file():
    def fail(painter):
        raise ValueError("no layout yet")

    with pytest.raises(ValueError, match="no layout"):
        Picture(QSizeF(10, 10), fail).png()


def test_vector_pictures_are_well_formed_whatever_the_title(subject):
    tree = ElementTree.fromstring(subject.graph.svg("a <b> & c"))
    assert tree.get("viewBox") == "0 0 200 100"
    words = "".join(tree.itertext())
    assert "a <b> & c" in words
    assert "stem" in words


def test_hatching_is_clipped_in_vector_pictures(qapp):
    from PySide6.QtCore import QRectF

    from widgets.controls import draw_over_limit

    hatched = Picture(QSizeF(80, 20), lambda painter: draw_over_limit(painter, QRectF(20, 4, 30, 12)))
    assert b"clipPath" in hatched.svg("bar")


def test_the_png_of_a_file_has_a_header_of_its_size(subject, tmp_path):
    path = write_export(find_export("budget.png"), subject, tmp_path / "b.png")
    assert struct.unpack(">II", path.read_bytes()[16:24]) == (400, 200)


def test_the_dialog_of_long_work_cancels_it_and_goes(qtbot, qapp):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    with progress(window, "Writing report.pdf") as told:
        told(0.1)
        window.findChild(QProgressDialog).cancel()
        with pytest.raises(CancelledError):
            told(0.2)
    assert not any(dialog.isVisible() for dialog in window.findChildren(QProgressDialog))


def test_what_is_done_aside_tells_and_returns(qtbot):
    told, may_end = [], Event()

    def tell(share):
        told.append(share)
        may_end.set()

    assert aside(lambda: may_end.wait(10), tell, 0.3) is True
    assert set(told) == {0.3}


def test_what_is_cancelled_aside_has_ended(qtbot):
    ended, may_end = [], Event()

    def tell(_share):
        may_end.set()
        raise CancelledError

    with pytest.raises(CancelledError):
        aside(lambda: ended.append(may_end.wait(10)), tell, 0.3)
    assert ended == [True]
