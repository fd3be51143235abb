"""Project folders that the real hls4ml wrote are read back as the networks they were made from."""

import random
import shutil

import numpy as np
import pytest

from engine.boards import board
from engine.design import ACCUM, RESULT, REUSE_FACTOR, STRATEGY, WEIGHT, Design, Target, set_default, set_on_layers
from engine.emulate.float_forward import forward
from engine.flows.hls4ml.adapter import build_graph, write_project
from engine.flows.hls4ml.support import problems
from engine.network import TensorStore
from engine.precision import FixedType, parse
from engine.readers import ModelFileError, UnsupportedModelError, is_hls4ml_project, read_hls4ml_project
from tests.engine.emulate import zoo
from tests.engine.flows.hls4ml.running import with_weights
from tests.engine.readers.mutants import check, mutated_text
from tests.samples import jet_tagger, small_resnet

pytestmark = pytest.mark.hls4ml

RECURRENT = ("lstm", "gru", "simple_rnn")


def written(design, store, folder):
    """The folder of the design's project."""
    write_project(build_graph(design, store, folder))
    return folder


def results(network, store, like):
    """What a network computes from the data that another one's inputs get."""
    draw = np.random.default_rng(0)
    data = [draw.normal(0, 0.5, (4, *like.shapes[name])) for name in like.inputs]
    computed = forward(network, store, dict(zip(network.inputs, data, strict=True)))
    return [computed[name] for name in network.outputs]


@pytest.mark.parametrize("io_type", ["io_parallel", "io_stream"])
@pytest.mark.parametrize("strategy", ["latency", "resource"])
def test_every_kind_comes_back_as_what_it_was(store, tmp_path, io_type, strategy):
    tried = 0
    for name in zoo.names():
        network = with_weights(zoo.network(name), store)
        design = set_default(
            Design("made", network, Target(board("pynq-z2"), 10.0, "vitis", io_type)), STRATEGY, strategy
        )
        if problems(design):
            continue
        folder = written(design, store, tmp_path / name)
        if name.startswith(RECURRENT):
            with pytest.raises(UnsupportedModelError, match="no counterpart"):
                read_hls4ml_project(folder, store)
            continue
        read = read_hls4ml_project(folder, store).model.network
        (ours,), (theirs,) = results(read, store, network), results(network, store, network)
        np.testing.assert_allclose(ours.ravel(), theirs.ravel(), atol=2e-3, err_msg=name)
        shutil.rmtree(folder)
        tried += 1
    assert tried > 30


def test_settings_are_those_it_was_built_with(store, tmp_path):
    design = set_on_layers(jet_tagger(store), ("fc2",), REUSE_FACTOR, 8)
    design = set_on_layers(design, ("fc2",), STRATEGY, "resource")
    design = set_on_layers(design, ("fc2",), ACCUM, FixedType(20, 9))
    design = set_on_layers(design, ("relu1",), RESULT, parse("ap_ufixed<7,2,AP_RND,AP_SAT>"))
    project = read_hls4ml_project(written(design, store, tmp_path / "p"), store)
    settings = dict(project.settings)
    assert (settings["fc2"].get(REUSE_FACTOR), settings["fc2"].get(STRATEGY)) == (8, "resource")
    assert settings["fc2"].get(ACCUM) == FixedType(20, 9)
    assert settings["fc1"].get(WEIGHT) == FixedType(6, 1)
    assert settings["relu1"].get(RESULT) == parse("ap_ufixed<7,2,AP_RND,AP_SAT>")
    assert settings["features"].get(RESULT) == FixedType(16, 6)
    assert "ReuseFactor" in project.configuration
    assert project.model.name == "p"


def test_a_network_with_a_skip_comes_back(store, tmp_path):
    design = small_resnet(store)
    project = read_hls4ml_project(written(design, store, tmp_path / "p"), store)
    (ours,), (theirs,) = (
        results(project.model.network, store, design.network),
        results(design.network, store, design.network),
    )
    np.testing.assert_allclose(ours, theirs, atol=5e-3)
    assert project.model.network["add"].op.KIND == "merge"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A small project to damage."""
    folder = tmp_path_factory.mktemp("whole")
    store = TensorStore(folder / "tensors")
    return written(small_resnet(store), store, folder / "p")


def copied(project, tmp_path):
    shutil.rmtree(tmp_path / "copy", ignore_errors=True)
    kept = shutil.ignore_patterns("nnet_utils", "ap_types")
    return shutil.copytree(project, tmp_path / "copy", ignore=kept)


def test_folders_are_told_apart(project, tmp_path, store):
    assert is_hls4ml_project(project)
    assert not is_hls4ml_project(tmp_path)
    with pytest.raises(ModelFileError, match=r"defines\.h cannot be read"):
        read_hls4ml_project(tmp_path, store)


def test_the_model_inside_the_configuration_is_never_loaded(project, tmp_path, store):
    folder = copied(project, tmp_path)
    trap = tmp_path / "hacked"
    with (folder / "hls4ml_config.yml").open("a") as file:
        file.write(f"KerasModel: !!python/object/apply:pathlib.Path.touch\n- {trap}\nOther: 1\n")
    assert read_hls4ml_project(folder, store).model.network.layers
    assert "KerasModel" not in read_hls4ml_project(folder, store).configuration
    with (folder / "hls4ml_config.yml").open("a") as file:
        file.write(f"Trap: !!python/object/apply:pathlib.Path.touch\n- {trap}\n")
    with pytest.raises(ModelFileError, match="configuration is damaged"):
        read_hls4ml_project(folder, store)
    assert not trap.exists()


def test_projects_for_other_tools_are_refused(project, tmp_path, store):
    folder = copied(project, tmp_path)
    config = folder / "hls4ml_config.yml"
    config.write_text(config.read_text().replace("Backend: Vitis", "Backend: Libero"))
    with pytest.raises(ModelFileError, match=r"back end Libero, whose C\+\+ cannot be read .*convert it for Vitis"):
        read_hls4ml_project(folder, store)


def test_weights_that_do_not_fit_are_named(project, tmp_path, store):
    folder = copied(project, tmp_path)
    weights = sorted((folder / "firmware" / "weights").glob("w*.txt"))[0]
    weights.write_text("0.5, 0.25")
    with pytest.raises(ModelFileError, match=rf"weights {weights.stem} have the shape"):
        read_hls4ml_project(folder, store)
    weights.write_text("0.5, none")
    with pytest.raises(ModelFileError, match="not plain numbers"):
        read_hls4ml_project(folder, store)


def test_damaged_projects_give_a_clear_error_or_a_sound_network(project, tmp_path, store):
    names = ["firmware/parameters.h", "firmware/defines.h", "firmware/small_resnet.cpp", "hls4ml_config.yml"]
    names += ["firmware/weights/w2.h", "firmware/weights/w2.txt"]
    whole = {name: (project / name).read_text() for name in names}
    folder = copied(project, tmp_path)
    outcomes = set()
    for seed in range(150):
        draw = random.Random(seed)
        name = draw.choice(names)
        (folder / name).write_text(mutated_text(whole[name], draw))
        try:
            network = read_hls4ml_project(folder, store).model.network
        except (ModelFileError, UnsupportedModelError) as error:
            outcomes.add(type(error).__name__)
        else:
            check(network, store)
            outcomes.add("read")
        (folder / name).write_text(whole[name])
    assert {"read", "ModelFileError"} <= outcomes
