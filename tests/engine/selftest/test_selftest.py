"""The self-test: what each part does for real, and what it says where something is missing or broken."""

import pytest

from app.folders import EXAMPLES
from engine.selftest import CHECKS, Bench, Check, Verdict, carried_out

CHEAP = ("example", "estimate", "golden", "convert")
BY_ID = {check.id: check for check in CHECKS}


@pytest.fixture
def bench(tmp_path):
    with Bench(EXAMPLES / "jet_tagger.codesign", tmp_path) as bench:
        yield bench


@pytest.mark.hls4ml
def test_each_part_does_a_piece_of_its_work(bench):
    found = [carried_out(BY_ID[id], bench) for id in CHEAP]
    assert [(each.id, each.verdict, each.detail) for each in found if each.verdict is not Verdict.PASSED] == []
    opened, estimated, evaluated, _ = (each.detail for each in found)
    assert opened == "jet_tagger, 9 layers"
    assert "LUT" in estimated
    assert "Accuracy" in evaluated


def test_without_a_compiler_the_reason_names_what_serves_instead(bench, monkeypatch):
    monkeypatch.setenv("PATH", "")
    found = carried_out(BY_ID["emulate"], bench)
    assert found.verdict is Verdict.NOT_AVAILABLE
    assert "golden model" in found.detail


def test_a_damaged_example_fails_the_parts_that_need_it_with_the_reason(tmp_path):
    broken = tmp_path / "broken.codesign"
    broken.write_bytes(b"no project")
    with Bench(broken, tmp_path) as bench:
        found = [carried_out(check, bench) for check in CHECKS[:2]]
    assert {each.verdict for each in found} == {Verdict.FAILED}
    assert all("broken.codesign" in each.detail for each in found)


def test_a_fault_of_the_studio_itself_is_an_outcome_too(bench):
    def fail(_bench):
        raise ZeroDivisionError

    found = carried_out(Check("x", "X", fail), bench)
    assert (found.verdict, found.detail) == (Verdict.FAILED, "ZeroDivisionError")
