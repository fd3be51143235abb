"""The window's process: what it answers, and that it takes the user's own runs into account."""

from dataclasses import replace

from engine.boards import board
from engine.calibration import add
from engine.design import STRATEGY
from engine.project.codec import design_to_json
from engine.scoreboard.finn_designs import kws_w3a3
from engine.search.proposer import answer
from tests.engine.calibration.test_estimates import report
from tests.samples import jet_tagger


def test_own_runs_decide_what_fits(tmp_path):
    """Reports far larger than estimated, of the same tool: what seemed to fit does not any more."""
    design = replace(jet_tagger(), defaults=jet_tagger().defaults.with_(STRATEGY, "resource"))
    for seed in range(3):
        add(tmp_path / "runs", replace(report(design, 6.0), network=f"n{seed}", design=f"d{seed}"))
    question = {"ask": "fold", "design": design_to_json(design), "tensors": str(tmp_path), "level": "C synthesis"}
    shipped, taught = (
        answer({**question, "own_runs": folder, "rate": None}) for folder in (None, str(tmp_path / "runs"))
    )
    assert shipped["fits"]
    assert taught["design"] != shipped["design"]


def test_both_schedules_are_answered(tmp_path):
    design = design_to_json(kws_w3a3(board("pynq-z2")))
    found = answer({"ask": "schedules", "design": design, "tensors": str(tmp_path), "own_runs": None})
    assert found["present"]["label"] == ""
    assert all(each["label"].startswith("PE") for each in found["shared"])


def test_what_cannot_be_read_is_a_refusal(tmp_path):
    question = {"ask": "fold", "design": {}, "tensors": str(tmp_path), "own_runs": None, "rate": None}
    assert answer(question)["refusal"]
