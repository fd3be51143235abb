"""The exported script rebuilds the very project that the studio writes."""

import filecmp
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from engine.design import Design, set_fifo_depths
from engine.flows.hls4ml.adapter import build_graph, write_project
from engine.flows.hls4ml.errors import ConversionError
from engine.flows.hls4ml.script import write_script
from engine.network.kinds import Conv2D
from tests.engine.flows.hls4ml import quantised
from tests.engine.flows.hls4ml.running import with_weights
from tests.samples import jet_tagger, small_resnet

# Each writing draws a new stamp, and both name their folder.
DIFFER = {"build_lib.sh", "hls4ml_config.yml"}


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.hls4ml
@pytest.mark.parametrize("case", ["resnet", "fifos", "binary", "tanh"])
def test_the_script_builds_the_same_project(case, store, tmp_path):
    designs = {
        "resnet": lambda: small_resnet(store),
        "fifos": lambda: set_fifo_depths(
            small_resnet(store), {"clone_stem_relu → add": 23, "pool → classifier": 3, "classifier → the outside": 5}
        ),
        "binary": lambda: Design(
            "it's", with_weights(quantised.picture("binary_auto", Conv2D), store), jet_tagger().target
        ),
        "tanh": lambda: Design("tanh", quantised.activation("tanh"), jet_tagger().target),
    }
    design = designs[case]()
    path, weights = write_script(design, store, tmp_path / 'make "it".py')
    assert (path.exists(), weights.name) == (True, 'make "it".npz')
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [sys.executable, "-I", str(path), str(tmp_path / "theirs")]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    write_project(build_graph(design, store, tmp_path / "ours"))
    names = files(tmp_path / "ours")
    assert files(tmp_path / "theirs") == names
    _, mismatch, errors = filecmp.cmpfiles(tmp_path / "ours", tmp_path / "theirs", names, shallow=False)
    assert (set(mismatch), errors) == (DIFFER, [])


def test_a_design_that_cannot_be_built_yields_no_script(store, tmp_path):
    design = replace(jet_tagger(), target=replace(jet_tagger().target, flow="vivado_accelerator"))
    with pytest.raises(ConversionError, match="no values for its kernel and bias"):
        write_script(design, store, tmp_path / "x.py")
    assert not list(tmp_path.glob("x.*"))
