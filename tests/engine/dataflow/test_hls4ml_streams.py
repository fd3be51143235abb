"""hls4ml's designs as processes: every kernel moves the words that its neighbours do, and skips need what they need."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings

from engine.boards import board
from engine.dataflow import Kind, NotStreamedError, Streams, simulate, sizing
from engine.design import REUSE_FACTOR, STRATEGY, Design, Target, set_default
from engine.flows.registry import flow
from engine.network import Layer, Network
from engine.network.kinds import Activation, Conv2D, Dense, Input, Merge
from engine.opening import open_file
from tests.engine.emulate import zoo
from tests.engine.flows.hls4ml.generated import designs
from tests.samples import jet_tagger, small_resnet

EXAMPLES = Path(__file__).parents[3] / "resources/examples"


def design(network: Network, flow_id: str = "vitis", strategy: str = "resource", reuse_factor: int = 4) -> Design:
    found = Design("net", network, Target(board("pynq-z2"), 10.0, flow_id, "io_stream"))
    return set_default(set_default(found, STRATEGY, strategy), REUSE_FACTOR, reuse_factor)


def streams(of: Design) -> Streams:
    return flow(of.target.flow).streams(of)


@pytest.mark.parametrize("strategy", ["latency", "resource"])
@pytest.mark.parametrize("flow_id", ["vitis", "vivado", "vivado_accelerator"])
def test_every_kernel_reads_and_writes_what_its_neighbours_do(flow_id, strategy):
    simulated = 0
    for name in zoo.names():
        try:
            found = streams(design(zoo.network(name), flow_id, strategy))
        except NotStreamedError:
            continue
        for process in found.processes:
            for port, fifo in enumerate(process.outputs):
                reader = next(each for each in found.processes if fifo in each.inputs)
                written = process.schedule.words(port, written=True)
                assert written == reader.schedule.words(reader.inputs.index(fifo), written=False), name
        run = simulate(found, 3)
        assert run.deadlock == (), name
        assert run.interval <= run.latency + 2, name
        simulated += 1
    assert simulated > 40


def skip_over(convolutions: int, width: int, *, stem: bool = True) -> Network:
    """Convolutions with a skip over them, behind another one or right behind the input."""
    layers = [Layer("image" if stem else "stem", Input(shape=(width, width, 4)))]
    if stem:
        layers.append(Layer("stem", Conv2D(filters=4, padding="same"), ("image",)))
    for index in range(convolutions):
        layers.append(Layer(f"conv{index}", Conv2D(filters=4, padding="same"), (layers[-1].name,)))
        layers.append(Layer(f"relu{index}", Activation(), (layers[-1].name,)))
    return Network((*layers, Layer("add", Merge(), (layers[-1].name, "stem"))))


@pytest.mark.parametrize("stem", [True, False])
@pytest.mark.parametrize("reuse_factor", [1, 9, 36])
@pytest.mark.parametrize("width", [8, 16, 32])
def test_a_skip_holds_two_rows_and_five_pixels_or_a_row_and_three(width, reuse_factor, stem):
    """Two 3×3 convolutions delay by 2W + 5 pixels, one by W + 3, however slow they are and whatever feeds them."""
    depths = []
    for convolutions in (2, 1):
        network = skip_over(convolutions, width, stem=stem)
        found = dict(sizing(streams(design(network, reuse_factor=reuse_factor))).depths)
        depths.append(found["clone_stem → add"])
    assert depths == [2 * width + 5, width + 3]


@pytest.mark.parametrize(("strategy", "reuse_factor"), [("resource", 1), ("latency", 1), ("resource", 64)])
@pytest.mark.parametrize("units", [16, 128])
def test_a_run_of_dense_layers_takes_what_the_estimate_says(strategy, reuse_factor, units):
    """Also where products pass the limit, so that sums are chains."""
    network = Network(
        (
            Layer("x", Input(shape=(128,))),
            Layer("first", Dense(units=units), ("x",)),
            Layer("second", Dense(units=units), ("first",)),
        )
    )
    of = design(network, "vitis", strategy, reuse_factor)
    run, cost = simulate(streams(of), 3), flow("vitis").estimate(of, None).total
    assert run.latency == pytest.approx(cost.latency.value, rel=0.1, abs=20)
    assert run.interval == pytest.approx(cost.interval.value, rel=0.1, abs=8)


def test_a_skip_that_is_too_short_hangs_and_says_so():
    built = streams(design(skip_over(2, 16)))
    run = simulate(built.with_depths({"clone_stem → add": 30}))
    assert run.latency is None
    waits = {each.name: (each.fifo, each.full, each.waits_on) for each in run.deadlock}
    assert waits["clone_stem"] == ("clone_stem → add", True, "add")
    assert waits["add"] == ("relu1 → add", False, "relu1")
    assert run.circle[0].name == "clone_stem"
    assert {"clone_stem", "add", "relu1"} <= {each.name for each in run.circle}
    assert "stem" not in {each.name for each in run.circle}
    assert simulate(built).deadlock == ()


def test_the_examples_run_as_built(store):
    target = small_resnet().target
    examples = [open_file(path, store).design for path in sorted(EXAMPLES.glob("*.codesign"))]
    assert len(examples) >= 5
    # One has a layer called `output`, as many networks do: it is not the outside.
    assert any("output" in example.network for example in examples)
    for example in (small_resnet(), jet_tagger(), *examples):
        example = replace(example, target=replace(example.target, flow=target.flow, io_type=target.io_type))
        run = simulate(streams(example), 3)
        assert run.deadlock == ()
        assert 0 < run.first_output <= run.latency
        assert run.interval <= run.latency


def test_vivado_hls_keeps_words_in_its_pipelines_that_vitis_hls_lets_go():
    """A stalled pipeline holds its last word until the next one comes: the same design is a little later."""
    network = skip_over(2, 8)
    vivado, vitis = (simulate(streams(design(network, each))) for each in ("vivado", "vitis"))
    assert vivado.latency > vitis.latency


def test_the_accelerators_shell_is_part_of_the_run():
    plain, shelled = (streams(design(skip_over(1, 8), each)) for each in ("vivado", "vivado_accelerator"))
    assert plain.fifos[0].kind is Kind.PORT
    assert shelled.fifos[0].kind is Kind.BUILT
    assert simulate(shelled).latency > simulate(plain).latency


@pytest.mark.parametrize(("flow_id", "io_type"), [("vitis", "io_parallel"), ("quartus", "io_stream")])
def test_what_cannot_be_simulated_says_why(flow_id, io_type):
    example = small_resnet()
    target = replace(example.target, flow=flow_id, io_type=io_type)
    with pytest.raises(NotStreamedError, match=r"io_stream|not known"):
        flow(flow_id).streams(replace(example, target=target))


def test_a_design_too_large_is_refused_before_it_takes_memory():
    with pytest.raises(NotStreamedError, match=r"moves [\d,]+ words through FIFOs; .* up to 2,000,000"):
        streams(design(skip_over(2, 700)))


@pytest.mark.parametrize("flow_id", ["vitis", "vivado", "vivado_accelerator"])
def test_needed_depths_cost_neither_latency_nor_interval_and_save_blocks(flow_id, store):
    for path in sorted(EXAMPLES.glob("digits*.codesign")):
        example = open_file(path, store).design
        target = Target(board("pynq-z2"), 10.0, flow_id, "io_stream")
        example = replace(example, target=target)
        built, blocks = streams(example), flow(flow_id).fifo_bram18
        found = sizing(built)
        needed, alone = dict(found.depths), {fifo.name: fifo.needed for fifo in found.run.fifos}
        before, after = simulate(built, 3), simulate(built.with_depths(needed), 3)
        assert (after.latency, after.interval) == (before.latency, before.interval)
        sums = [sum(blocks(f, depths[f.name]) for f in built.built) for depths in (needed, alone)]
        assert sums[0] <= sums[1] < sum(blocks(f, f.depth) for f in built.built)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(designs(flows=("vitis", "vivado"), io_types=("io_stream",)))
def test_generated_designs_run_as_built_and_as_needed(generated):
    """Whatever hls4ml can build comes to its end, and no slower with the depths needed than with endless FIFOs."""
    try:
        built = streams(generated)
    except NotStreamedError:
        assume(False)
    run, free = simulate(built, 3), simulate(built.unbounded(), 3)
    assert run.deadlock == ()
    sized = simulate(built.with_depths(dict(sizing(built).depths)), 3)
    assert (sized.latency, sized.interval) == (free.latency, free.interval)
    assert free.latency <= run.latency
