"""Scans: one layer at a time, narrower types only, figures that fall with the bits, nothing lost on the way to JSON."""

import json
from dataclasses import replace

import numpy as np
import pytest

from app.cli.main import main
from app.folders import EXAMPLES
from engine.jobs.errors import JobError
from engine.network import Layer, Network, TensorStore
from engine.network.kinds import Activation, BatchNorm, Input
from engine.opening import open_file
from engine.project import design_to_json
from engine.ranges.job import ranges_of
from engine.scan import Figure, figure_of, scan_from_json
from engine.scan.entry import FILE
from engine.scan.job import scan
from engine.scan.scan import scanned
from tests.engine.flows.hls4ml.running import reporting
from tests.samples import jet_tagger

CNN = EXAMPLES / "digits_cnn.codesign"


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """A scan of the digits CNN's weights at four widths, as it grows."""
    store = TensorStore(tmp_path_factory.mktemp("tensors"))
    design = open_file(CNN, store).design
    return [*scanned(design, store, None, 200, ("conv1", "conv2", "classifier"), (16, 6, 4, 2))]


def test_it_grows_point_by_point(parts):
    assert [len(part.points) for part in parts] == [*range(10)]
    assert {part.count for part in parts} == {9}
    assert scan_from_json(json.loads(json.dumps(parts[-1].to_json()))) == parts[-1]


def test_fewer_bits_save_more_and_cost_more(parts):
    by_layer = {}
    for point in parts[-1].points:
        by_layer.setdefault(point.layer, []).append(point)
    for points in by_layer.values():
        assert [point.bits for point in points] == [6, 4, 2]
        # Two whole bits choose a value or its negative: that takes look-up tables where wider weights take DSP slices.
        assert points[0].lut_saved < points[1].lut_saved
        assert points[0].figure.loss(parts[-1].now) < 0.03
    assert max(point.figure.loss(parts[-1].now) for point in parts[-1].points) > 0.05
    assert "suffers most" in parts[-1].summary
    assert "stopped" not in parts[-1].summary


def test_a_scan_that_was_stopped_says_how_far_it_came(parts):
    assert "; stopped after 0 of 9 trials." in parts[0].summary
    assert "; stopped after 4 of 9 trials; " in parts[4].summary


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ({"accuracy": {"hardware": 0.9, "low": 0.8, "high": 0.95}}, Figure("accuracy", 0.9, 0.8, 0.95)),
        (
            {"accuracy": None, "score": {"kind": "error", "hardware": 2.0, "low": 1.0, "high": 3.0}},
            Figure("error", 2.0, 1.0, 3.0),
        ),
        (
            {"accuracy": None, "outputs": [{"max_error": 1, "relative": 0.25}]},
            Figure("difference", 0.25, 0.25, 0.25),
        ),
    ],
)
def test_one_figure_stands_for_a_comparison(result, expected):
    assert figure_of(result) == expected


def test_an_error_that_grows_is_a_loss():
    small, large = Figure("error", 0.1, 0, 1), Figure("error", 0.4, 0, 1)
    assert large.loss(small) == pytest.approx(0.3)
    assert Figure("accuracy", 0.9, 0, 1).loss(Figure("accuracy", 0.8, 0, 1)) < 0


def test_the_job_writes_what_it_has(tmp_path, store):
    design = jet_tagger(store)
    with reporting(tmp_path) as reporter:
        found = scan(reporter, design=design_to_json(design), tensors=str(store.folder), samples=20)
    assert scan_from_json(json.loads((tmp_path / FILE).read_text())) == scan_from_json(found)
    assert found["now"]["kind"] == "agreement"


def test_the_factors_of_a_batch_normalisation_are_measured_and_narrowed_too(store):
    values = {"gamma": [1, 2, 3, 4], "beta": [1, 1, 1, 1], "mean": [0, 1, 0, 1], "variance": [3.75, 0, 0, 0]}
    weights = tuple((role, store.put(np.array(each, np.float32))) for role, each in values.items())
    layers = (
        Layer("x", Input(shape=(4,))),
        Layer("relu", Activation(), ("x",)),
        Layer("norm", BatchNorm(epsilon=0.25), ("relu",), weights=weights),
    )
    design = replace(jet_tagger(), network=Network(layers))
    *_, (ranges, _share) = ranges_of(design, store, None, 20)
    assert (ranges.of("norm", "scale").lowest, ranges.of("norm", "scale").highest) == (0.5, 8)
    assert (ranges.of("norm", "bias").lowest, ranges.of("norm", "bias").highest) == (-7, 1)
    *_, found = scanned(design, store, None, 20, ("norm",), (8, 4))
    assert [(point.role, point.bits) for point in found.points] == [("scale", 8), ("scale", 4)]


def test_a_design_without_weights_is_refused_in_words(tmp_path, store):
    design = jet_tagger()
    with reporting(tmp_path) as reporter, pytest.raises(JobError, match="kernel"):
        scan(reporter, design=design_to_json(design), tensors=str(store.folder), samples=20)


def test_the_command_prints_a_line_for_each_point(capsys):
    arguments = [str(CNN), "--layers", "classifier", "--widths", "4", "--samples", "50"]
    assert main(["scan", *arguments]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["Layer", "Numbers", "Bits", "Type", "Accuracy", "LUT", "saved"]
    assert lines[2].startswith("classifier  weights")
    assert main(["scan", *arguments, "--widths", "four"]) == 2
    assert "whole numbers of 2 bits" in capsys.readouterr().err
    assert main(["scan", str(CNN), "--layers", "conv9"]) == 2
    assert "conv9" in capsys.readouterr().err
