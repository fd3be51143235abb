"""The simulated numbers of an open document: found in a process of its own, newest wins, stale is known."""

import json
import subprocess
from dataclasses import replace

import pytest

from app.document import Document
from app.presenters.simulated import simulated_speed
from app.simulated import SimulatedNumbers
from engine.dataflow import simulation
from engine.dataflow.codec import simulation_from_json, simulation_to_json
from engine.design import REUSE_FACTOR, set_on_layers
from engine.flows.registry import flow
from engine.flows.simulator import answer, simulator_command
from engine.project import Project, Session
from engine.project.codec import design_to_json
from tests.samples import small_resnet


@pytest.fixture
def document(tmp_path, qtbot):
    session = Session(tmp_path / "sessions")
    document = Document(Project(small_resnet(session.tensors)), session)
    yield document
    document.close()


@pytest.fixture
def simulated(document):
    numbers = SimulatedNumbers(document)
    yield numbers
    numbers.close()


def found(qtbot, simulated):
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: not simulated.pending, timeout=20_000)
    return simulated.simulation


def reuse(value):
    return lambda design: set_on_layers(design, ("conv1",), REUSE_FACTOR, value)


def directly(design):
    return simulation(flow(design.target.flow).streams(design))


def test_the_process_finds_what_the_engine_finds(qtbot, document, simulated):
    assert found(qtbot, simulated) == directly(document.design)
    assert not simulated.stale


def test_an_edit_makes_numbers_stale_until_the_newest_design_is_simulated(qtbot, document, simulated):
    first = found(qtbot, simulated)
    for value in (9, 12, 36):
        document.edit("Set reuse factor", reuse(value))
        assert simulated.stale
        assert simulated.simulation is first
    assert found(qtbot, simulated) == directly(document.design) != first
    assert not simulated.stale


def test_while_a_hand_holds_nothing_is_asked(qtbot, document, simulated):
    found(qtbot, simulated)
    with document.gesture():
        document.edit("Set reuse factor", reuse(9))
        qtbot.waitUntil(lambda: not simulated.pending)
        assert simulated.stale
    assert found(qtbot, simulated) == directly(document.design)


def test_a_design_that_does_not_stream_has_no_simulated_numbers(qtbot, document, simulated):
    assert found(qtbot, simulated) is not None
    document.edit("io_parallel", lambda design: replace(design, target=replace(design.target, io_type="io_parallel")))
    assert found(qtbot, simulated) is None
    assert not simulated.stale


def test_a_refusal_arrives_in_words(qtbot, document, simulated):
    found(qtbot, simulated)
    document.edit("Quartus", lambda design: replace(design, target=replace(design.target, flow="quartus")))
    assert found(qtbot, simulated) is None
    assert "not known" in simulated.refusal


def test_a_simulator_that_dies_is_said_and_replaced(qtbot, document, simulated):
    found(qtbot, simulated)
    with qtbot.waitSignal(simulated.asker.process.finished):
        simulated.asker.process.kill()
    document.edit("Set reuse factor", reuse(9))
    assert found(qtbot, simulated) == directly(document.design)


def test_a_simulator_that_cannot_be_started_is_said(qtbot, document, simulated, monkeypatch):
    monkeypatch.setattr("app.simulated.simulator_command", lambda: ["/no/such/program"])
    assert found(qtbot, simulated) is None
    assert "starts again at the next edit" in simulated.refusal


def test_a_simulation_survives_the_way_through_json():
    made = directly(small_resnet())
    assert simulation_from_json(json.loads(json.dumps(simulation_to_json(made)))) == made


def test_the_process_ends_when_nobody_listens_any_more():
    """Also in the middle of a run: standard input ends, and so does it."""
    process = subprocess.Popen(simulator_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(json.dumps(design_to_json(small_resnet())).encode() + b"\n")
    process.stdin.close()
    assert process.wait(timeout=20) == 0
    process.stdout.close()


def test_what_is_said_beside_the_estimate():
    design = small_resnet()
    made = directly(design)
    estimate = flow(design.target.flow).estimate(design, None)
    speed = simulated_speed(made, estimate, stale=True)
    assert speed["latency"].value == pytest.approx(made.run.latency * design.target.clock_ns / 1000)
    assert speed["rate"].value == pytest.approx(1e9 / (made.run.interval * design.target.clock_ns))
    assert all(each.stale for each in speed.values())
    assert f"{made.run.latency:,} cycles" in speed["latency"].reason
    assert speed["latency"].reason.startswith("C synthesis reports that")
    assert simulated_speed(None, estimate, stale=False) == {}


def test_a_hanging_run_is_said_with_who_waits():
    design = small_resnet()
    streams = flow(design.target.flow).streams(design).with_depths({"clone_stem_relu → add": 2})
    speed = simulated_speed(simulation(streams), flow(design.target.flow).estimate(design, None), stale=False)
    assert speed["latency"].value is None
    assert "'clone_stem_relu' waits for room in 'clone_stem_relu → add'" in speed["latency"].reason


def test_answers_are_values_of_json():
    assert set(answer(design_to_json(small_resnet()))) == {"simulation"}
    parallel = replace(small_resnet().target, io_type="io_parallel")
    assert "io_stream" in answer(design_to_json(replace(small_resnet(), target=parallel)))["refusal"]
