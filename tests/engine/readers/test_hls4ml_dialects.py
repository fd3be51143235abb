"""Project folders of the back ends that are not AMD's come back as the networks they were made from."""

import random
import shutil
from dataclasses import replace

import numpy as np
import pytest

from engine.boards import board
from engine.design import RESULT, REUSE_FACTOR, WEIGHT, Design, Target, set_on_layers
from engine.flows.hls4ml.support import problems
from engine.network import Layer, Network
from engine.network.kinds import Conv2D, Dense, Input
from engine.opening import open_file
from engine.precision import FixedType, parse
from engine.project import FOUND
from engine.readers import ModelFileError, UnsupportedModelError, is_hls4ml_project, read_hls4ml_project
from tests.engine.emulate import zoo
from tests.engine.flows.hls4ml.running import with_weights
from tests.engine.readers.mutants import check, mutated_text
from tests.engine.readers.test_hls4ml_project import RECURRENT, copied, results, written
from tests.samples import jet_tagger, small_resnet
from tests.standins.composed_others import catapult

pytestmark = pytest.mark.hls4ml

FLOWS = ("catapult", "quartus", "oneapi")
UNREADABLE = (*RECURRENT, "rnn")
UNWRITTEN = ("depthwise", "separable")
"""hls4ml's oneAPI back end leaves these layers out of what streams: there is nothing to read."""


def made(network, flow, io_type, store):
    return on(Design("made", with_weights(network, store), Target(board("pynq-z2"), 10.0, "vitis", io_type)), flow)


def on(design, flow, io_type=None):
    return replace(design, target=replace(design.target, flow=flow, io_type=io_type or design.target.io_type))


@pytest.mark.parametrize("io_type", ["io_parallel", "io_stream"])
@pytest.mark.parametrize("flow", FLOWS)
def test_every_kind_comes_back_as_what_it_was(store, tmp_path, flow, io_type):
    tried = 0
    for name in zoo.names():
        design = made(zoo.network(name), flow, io_type, store)
        if problems(design) or name.startswith(UNREADABLE):
            continue
        if (flow, io_type) == ("oneapi", "io_stream") and name.startswith(UNWRITTEN):
            continue
        folder = written(design, store, tmp_path / name)
        assert is_hls4ml_project(folder)
        read = read_hls4ml_project(folder, store).model.network
        (ours,), (theirs,) = results(read, store, design.network), results(design.network, store, design.network)
        np.testing.assert_allclose(ours.ravel(), theirs.ravel(), atol=2e-3, err_msg=name)
        shutil.rmtree(folder)
        tried += 1
    assert tried > 25


@pytest.mark.parametrize("flow", FLOWS)
def test_names_and_settings_are_those_it_was_built_with(store, tmp_path, flow):
    design = set_on_layers(on(jet_tagger(store), flow), ("fc2",), REUSE_FACTOR, 8)
    design = set_on_layers(design, ("relu1",), RESULT, parse("ap_ufixed<7,2,AP_RND,AP_SAT>"))
    project = open_file(written(design, store, tmp_path / "p"), store)
    assert project.design.network.order == design.network.order
    assert project.design.target.flow == flow
    settings = project.design.of_layer("fc2")
    assert (settings.get(REUSE_FACTOR), settings.get(WEIGHT)) == (8, FixedType(6, 1))
    assert project.design.of_layer("relu1").get(RESULT) == parse("ap_ufixed<7,2,AP_RND,AP_SAT>")


@pytest.mark.parametrize("flow", ["quartus", "oneapi"])
def test_kernels_that_are_filled_up_with_zeros_come_back(store, tmp_path, flow):
    network = Network((Layer("source", Input(shape=(60,))), Layer("layer", Dense(units=40), ("source",))))
    design = set_on_layers(made(network, flow, "io_parallel", store), ("layer",), REUSE_FACTOR, 6)
    folder = written(design, store, tmp_path / "p")
    parameters = next(folder.rglob("parameters.h")).read_text()
    assert "rf_pad = 2;" in parameters
    read = read_hls4ml_project(folder, store).model.network
    (ours,), (theirs,) = results(read, store, design.network), results(design.network, store, design.network)
    np.testing.assert_allclose(ours, theirs, atol=2e-3)


def test_a_kernel_for_winograds_algorithm_is_refused(store, tmp_path):
    network = Network((Layer("source", Input(shape=(6, 6, 1))), Layer("layer", Conv2D(filters=2), ("source",))))
    folder = written(made(network, "quartus", "io_parallel", store), store, tmp_path / "p")
    parameters = folder / "firmware" / "parameters.h"
    parameters.write_text(parameters.read_text().replace("impl_filt_height = 3", "impl_filt_height = 4"))
    with pytest.raises(UnsupportedModelError, match="layer: its kernel is written for Winograd's algorithm"):
        read_hls4ml_project(folder, store)


def test_a_report_in_the_folder_enters_the_ledger(store, tmp_path):
    folder = written(on(jet_tagger(store), "catapult"), store, tmp_path / "p")
    report = folder / "jet_tagger_prj" / "jet_tagger.v1" / "rtl.rpt"
    report.parent.mkdir(parents=True)
    report.write_text(catapult([("/jet_tagger/nnet::dense<input_t,layer2_t,config2>/core", 512, 11, 9)], (578, 25, 9)))
    runs = open_file(folder, store).runs
    assert [(run.action, run.flow) for run in runs] == [(FOUND, "catapult")]
    assert dict(runs[0].totals)["latency"] == 25


@pytest.mark.parametrize(("flow", "io_type"), [(flow, io) for flow in FLOWS for io in ("io_parallel", "io_stream")])
def test_damaged_projects_give_a_clear_error_or_a_sound_network(store, tmp_path, flow, io_type):
    folder = copied(written(on(small_resnet(store), flow, io_type), store, tmp_path / "p"), tmp_path)
    firmware = next(folder.rglob("parameters.h")).parent
    names = ["parameters.h", "defines.h", "small_resnet.cpp", "small_resnet.h", "weights/w2.h"]
    whole = {name: (firmware / name).read_text() for name in names}
    outcomes = set()
    for seed in range(60):
        draw = random.Random(seed)
        name = draw.choice(names)
        (firmware / name).write_text(mutated_text(whole[name], draw))
        try:
            network = read_hls4ml_project(folder, store).model.network
        except (ModelFileError, UnsupportedModelError) as error:
            outcomes.add(type(error).__name__)
        else:
            check(network, store)
            outcomes.add("read")
        (firmware / name).write_text(whole[name])
    assert {"read", "ModelFileError"} <= outcomes
