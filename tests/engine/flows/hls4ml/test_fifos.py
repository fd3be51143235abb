"""FIFO names and depths, held against the graphs that hls4ml builds."""

import warnings
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from engine.design import set_fifo_depths
from engine.flows.hls4ml.adapter import build_graph, write_project
from engine.flows.hls4ml.errors import ConversionError
from engine.flows.hls4ml.fifos import fifos_of
from engine.flows.hls4ml.hardware import Builder
from engine.flows.registry import flow
from engine.network import Layer, TensorStore
from engine.network.kinds import Activation
from tests.engine.flows.hls4ml.generated import designs, with_weights
from tests.samples import small_resnet

pytestmark = pytest.mark.hls4ml

EXAMPLES = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """One store for all examples: equal weights are stored once."""
    return TensorStore(tmp_path_factory.mktemp("tensors"))


def built(design, store, folder):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return build_graph(design, store, folder)
        except ConversionError:
            return None


def streams_in(graph):
    """Depth of every stream that hls4ml's graph has, by variable."""
    variables = {id(var): var for layer in graph.get_layers() for var in layer.variables.values()}
    return {var.name: int(var.pragma[1]) for var in variables.values() if isinstance(var.pragma, tuple)}


@given(designs(io_types=("io_stream",)))
@EXAMPLES
def test_every_stream_of_hls4ml_has_a_name_and_takes_its_depth(store, tmp_path_factory, design):
    design = replace(design, network=with_weights(design.network, store))
    names = [name for *_, name in fifos_of(Builder(broadcasts=design.target.flow == "vivado").build(design).plan)]
    depths = {name: 1000 + place for place, name in enumerate(names)}
    graph = built(set_fifo_depths(design, depths), store, tmp_path_factory.getbasetemp() / "generated")
    assume(graph is not None)
    assert sorted(streams_in(graph).values()) == sorted(depths.values())


@given(designs(io_types=("io_stream",)))
@EXAMPLES
def test_depths_that_nobody_chose_are_hls4mls(store, tmp_path_factory, design):
    design = replace(design, network=with_weights(design.network, store))
    graph = built(design, store, tmp_path_factory.getbasetemp() / "generated")
    assume(graph is not None)
    ours = flow(design.target.flow).streams(replace(design, target=replace(design.target, flow="vivado")))
    inner = [fifo.depth for fifo in ours.fifos if fifo.depth is not None and fifo.kind == "built"]
    theirs = sorted(streams_in(graph).values())
    for depth in inner:
        theirs.remove(depth)
    assert len(theirs) == sum(fifo.kind == "port" for fifo in ours.fifos)


def test_a_result_that_is_read_and_leaves_the_design_has_a_copy_for_each(store, tmp_path):
    design = small_resnet(store)
    network = design.network
    ends = [Layer(f"end{index}", Activation(), ("add",)) for index in range(2)]
    design = replace(design, network=replace(network, layers=(*network.layers, *ends)))
    names = [name for *_, name in fifos_of(Builder(broadcasts=False).build(design).plan)]
    assert {"clone_add → pool", "clone_add → end0", "clone_add → end1"} <= set(names)
    assert len(streams_in(built(design, store, tmp_path))) == len(names)


def test_the_written_project_has_the_depths(store, tmp_path):
    design = set_fifo_depths(small_resnet(store), {"clone_stem_relu → add": 23, "stem → stem_relu": 2})
    write_project(build_graph(design, store, tmp_path))
    text = (tmp_path / "firmware/small_resnet.cpp").read_text()
    assert "depth=23\n" in text
    assert "depth=2\n" in text
    assert text.count("#pragma HLS STREAM") == text.count(" depth=")
