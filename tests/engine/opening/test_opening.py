"""One way in: projects, models and hls4ml folders become designs."""

from dataclasses import replace

import pytest

from engine.boards import Origin, board
from engine.design import STRATEGY
from engine.network import Layer, Network
from engine.network.kinds import Conv2D, Dense, Input
from engine.opening import open_file, starting_design
from engine.project import Project, save_project
from tests.samples import SHARED, jet_tagger

MODELS = SHARED / "models" / "mlperf_tiny"


def test_a_project_opens_as_it_was_saved(store, tmp_path):
    save_project(tmp_path / "a.codesign", Project(jet_tagger(store)), store)
    assert open_file(tmp_path / "a.codesign", store).design == jet_tagger(store)


def test_a_shipped_board_has_todays_figures_and_a_users_own_stays_as_it_was(store, tmp_path):
    design, path = jet_tagger(store), tmp_path / "a.codesign"
    old = replace(design.target.board, running_power=None)
    assert old != design.target.board
    mine = replace(old, id="mine", origin=Origin.USER)
    for saved, opened in ((old, design.target.board), (mine, mine)):
        save_project(path, Project(replace(design, target=replace(design.target, board=saved))), store)
        assert open_file(path, store).design.target.board == opened


@pytest.mark.skipif(not MODELS.exists(), reason="reference models are not here")
def test_the_real_networks_open(store):
    rn07 = open_file(MODELS / "rn07.h5", store).design
    assert rn07.target.io_type == "io_stream"
    assert rn07.defaults.get(STRATEGY) == "resource"
    assert open_file(MODELS / "ad08.h5", store).design.target.io_type == "io_parallel"


def test_pictures_stream_and_large_layers_share_multipliers():
    small = Network((Layer("x", Input(shape=(16,))), Layer("fc", Dense(units=8), ("x",))))
    large = Network((Layer("x", Input(shape=(80,))), Layer("fc", Dense(units=80), ("x",))))
    picture = Network((Layer("x", Input(shape=(8, 8, 1))), Layer("conv", Conv2D(filters=2), ("x",))))
    pynq = board("pynq-z2")
    assert starting_design("a", small, pynq).defaults.get(STRATEGY) == "latency"
    assert starting_design("a", large, pynq).defaults.get(STRATEGY) == "resource"
    assert starting_design("a", small, pynq).target.io_type == "io_parallel"
    assert starting_design("a", picture, pynq).target.io_type == "io_stream"


@pytest.mark.parametrize("name", ["nothing.h5", "text.h5", "model.onnx", "folder"])
def test_what_cannot_be_opened_says_why(store, tmp_path, name):
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
    elif name != "nothing.h5":
        path.write_text("This is not a network.")
    with pytest.raises((ValueError, OSError)) as caught:
        open_file(path, store)
    assert str(caught.value)
