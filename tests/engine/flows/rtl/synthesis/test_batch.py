"""Many modules at once: hits, failures that leave the others alone, an end when it is asked for."""

import threading
from pathlib import Path

import psutil
import pytest

from engine.flows.rtl.synthesis import (
    Cells,
    Failure,
    Module,
    ResultCache,
    Source,
    Technology,
    synthesise,
    synthesise_all,
)
from engine.flows.rtl.tools import OpenToolError, Trouble
from engine.jobs.runner import JobRunner
from engine.jobs.spec import job_spec
from engine.jobs.state import JobState
from tests.engine.flows.rtl.synthesis import modules
from tests.engine.jobs.job_support import PATIENCE, wait_until

pytestmark = pytest.mark.yosys


HERE = Path(__file__).parent


def _module(source):
    return Module(source.name, source.name, (source,))


GOOD = [_module(modules.multiplier(f"mul{width}", width)) for width in (5, 6, 7)]


def test_turning_one_knob_maps_one_layer_again(tmp_path):
    cache = ResultCache(tmp_path / "results")
    first = synthesise_all(GOOD, Technology.GOWIN, tmp_path / "1", cache=cache)
    assert (cache.hits, cache.misses) == (0, 3)
    turned = [*GOOD[:2], _module(modules.multiplier("mul7", 9))]
    second = synthesise_all(turned, Technology.GOWIN, tmp_path / "2", cache=cache)
    assert (cache.hits, cache.misses) == (2, 4)
    assert list(second) == ["mul5", "mul6", "mul7"]
    assert {name: first[name] for name in ("mul5", "mul6")} == {name: second[name] for name in ("mul5", "mul6")}
    synthesise_all(GOOD, Technology.ECP5, tmp_path / "3", cache=cache)
    assert cache.misses == 7, "another family is another result"


def test_one_that_is_wrong_is_named_with_its_line_and_the_others_have_results(tmp_path):
    wrong = Module("fc1 (dense)", "fc1", (Source("fc1 (dense)", "module fc1(input a);\n  assign b = ;\nendmodule\n"),))
    told = []
    outcomes = synthesise_all(
        [GOOD[0], wrong, GOOD[1]],
        Technology.GOWIN,
        tmp_path,
        told=lambda name, outcome, fraction: told.append((name, type(outcome), fraction)),
    )
    failure = outcomes["fc1 (dense)"]
    assert failure.trouble is Trouble.INPUT
    assert failure.reason.startswith("Yosys: fc1 (dense):2: syntax error")
    assert isinstance(outcomes["mul5"], Cells)
    assert isinstance(outcomes["mul6"], Cells)
    assert {name for name, *_ in told} == set(outcomes)
    assert [round(fraction, 2) for *_, fraction in told] == [0.33, 0.67, 1.0]


def test_a_module_that_is_not_there(tmp_path):
    source = modules.multiplier()
    with pytest.raises(OpenToolError, match="other") as raised:
        synthesise(source, "other", Technology.GOWIN, tmp_path)
    assert raised.value.trouble is Trouble.INPUT


@pytest.mark.parametrize("top", ["a b", "a;shell", "", "1a", "a\nb"])
def test_a_name_that_yosys_would_read_as_more_than_a_name_is_refused(tmp_path, top):
    with pytest.raises(ValueError, match="name of a Verilog module"):
        synthesise(modules.multiplier(), top, Technology.GOWIN, tmp_path)


def test_a_run_that_the_system_kills_is_a_failure_of_its_module_alone(tmp_path):
    killed = threading.Event()

    def kill_the_first():
        while not killed.is_set():
            for child in psutil.Process().children():
                if "worker.py" in " ".join(child.cmdline()):
                    child.kill()
                    killed.set()
                    return

    killer = threading.Thread(target=kill_the_first)
    killer.start()
    try:
        outcomes = synthesise_all(GOOD[:2], Technology.GOWIN, tmp_path, at_once=1)
    finally:
        killed.set()
        killer.join()
    failures = [outcome for outcome in outcomes.values() if isinstance(outcome, Failure)]
    assert [(each.trouble, each.reason) for each in failures] == [
        (Trouble.MEMORY, "Yosys was killed by the system, most often because memory ran out.")
    ]
    assert sum(isinstance(outcome, Cells) for outcome in outcomes.values()) == 1


def test_a_cancelled_job_leaves_no_yosys_behind(tmp_path):
    environment = {"PYTHONPATH": str(HERE)}
    spec = job_spec("job_functions:map_one_short_one_long", "mapping", environment=environment)
    with JobRunner(tmp_path / "jobs", allowed=("job_functions:",)) as runner:
        runner.submit(spec)
        wait_until(runner, spec.id, lambda view: view.phase == "short is done")
        assert _runs_below(tmp_path)
        runner.cancel(spec.id)
        assert runner.wait(spec.id, PATIENCE).state is JobState.CANCELLED
    assert not _runs_below(tmp_path)


def _runs_below(folder):
    """The tools that run in a folder."""
    found = []
    for process in psutil.process_iter():
        try:
            if str(folder) in " ".join(process.cmdline()) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
        except psutil.Error:
            continue
    return found
