"""The command line: numbers on standard output, clear refusals with exit code 2."""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.cli.main import main
from app.folders import EXAMPLES
from engine.environment.compiled import is_compiled
from engine.environment.open_tools import ICEPACK
from tests.samples import SHARED

ROOT = Path(__file__).parents[2]
JET = str(EXAMPLES / "jet_tagger.codesign")


def test_estimate_prints_every_quantity_with_its_doubt(capsys):
    assert main(["estimate", JET, "--board", "ZCU104", "--clock", "5", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["board"], found["clock_ns"]) == ("zcu104", 5)
    assert len(found["layers"]) == 9
    for row in (found["total"], *found["layers"]):
        for name in ("LUT", "FF", "DSP", "BRAM18", "URAM", "latency_cycles", "interval_cycles"):
            assert row[name]["low"] <= row[name]["value"] <= row[name]["high"]
            assert row[name]["tier"] == "estimate"


def test_energy_is_latency_times_a_sourced_constant_or_says_why_there_is_none(capsys):
    assert main(["estimate", JET, "--board", "pynq-z2", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    spent = found["energy"]
    assert spent["energy_uj"]["value"] == pytest.approx(found["total"]["latency_us"]["value"] * spent["power_w"])
    assert (spent["latency_of"], spent["power_w"]) == ("C synthesis", 1.68)
    assert spent["power_source"].startswith("MLPerf Tiny")
    assert main(["estimate", JET, "--board", "zcu104"]) == 0
    assert "No energy: what ZCU104 draws while it infers has not been measured." in capsys.readouterr().out


def test_a_setting_changes_the_numbers(capsys):
    dsp = []
    for value in ("8", "16"):
        assert main(["estimate", JET, "--set", f"fc1.reuse_factor={value}", "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        dsp.append(next(row["DSP"]["value"] for row in found["layers"] if row["name"] == "fc1"))
    assert dsp == [128, 64]


def test_a_sweep_names_settings_that_estimate_takes(capsys):
    assert main(["sweep", JET, "--reuse-factor", "2,16,32", "--layers", "fc1,fc2", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["evaluated"], found["level"], found["cost"]) == (9, "c-synthesis", "share")
    first = found["front"][0]
    assert set(first["settings"]) == {"fc1.reuse_factor", "fc2.reuse_factor"}
    choices = [word for key, value in first["settings"].items() for word in ("--set", f"{key}={value}")]
    assert main(["estimate", JET, *choices, "--json"]) == 0
    total = json.loads(capsys.readouterr().out)["total"]
    assert total["LUT"]["value"] == pytest.approx(first["total"]["LUT"])
    assert total["latency_cycles"]["value"] == first["total"]["latency"]


def test_a_sweep_is_a_table_or_csv_and_says_what_was_left_as_it_is(capsys):
    sweep = ["sweep", JET, "--reuse-factor", "64,160", "--bits", "4,6"]
    assert main(sweep) == 0
    written = capsys.readouterr()
    assert "16 combinations" in written.out
    assert "64 · 4 bit" in written.out
    assert "Narrower weights may cost accuracy" in written.out
    assert main([*sweep, "--csv"]) == 0
    header, *rows = capsys.readouterr().out.splitlines()
    assert header.endswith(
        "share,fullest,fc1.reuse_factor,fc1.weight,fc2.reuse_factor,fc2.weight,fc3.reuse_factor,"
        "fc3.weight,output.reuse_factor,output.weight"
    )
    assert rows
    assert main(["sweep", JET, "--reuse-factor", "160"]) == 0
    assert "'fc1' takes none of these reuse factors and keeps 16." in capsys.readouterr().err


def test_a_sweep_that_fits_nowhere_shows_the_nearest(capsys):
    assert main(["sweep", JET, "--reuse-factor", "1", "--strategy", "latency", "--bits", "16"]) == 0
    assert "None fits. The nearest takes" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sweep", JET], "Say what varies"),
        (["sweep", JET, "--bits", "65"], "1 to 64 bits"),
        (["sweep", JET, "--bits", "4", "--layers", "relu1"], "'relu1' multiplies nothing"),
        (["sweep", JET, "--bits", "4", "--layers", "fc9"], "There is no layer 'fc9'"),
        (["sweep", JET, "--bits", "2,3,4,5,6,7,8,9,10,11,12,13", "--reuse-factor", "1,2,4,8"], "limit 5,000,000"),
        (["estimate", "nothing.h5"], "nothing.h5"),
        (["estimate", JET, "--board", "pynq"], "pynq-z2"),
        (["estimate", JET, "--clock", "0"], "0.1 to 1,000 ns"),
        (["estimate", JET, "--flow", "foo"], "no flow 'foo'"),
        (["estimate", JET, "--strategy", "foo"], "latency, resource"),
        (["estimate", JET, "--set", "fc1.reuse_factor=7"], "legal values nearby are 1, 2, 4, 8."),
        (["estimate", JET, "--set", "fc1.reuse_factor=abc"], "it takes 1, 2, 4"),
        (["estimate", JET, "--set", "nolayer.reuse_factor=1"], "nolayer"),
        (["estimate", JET, "--set", "softmax.weight=ternary"], "Only weights of dense layers"),
        (["estimate", JET, "--set", "fc1.nothing=1"], "no setting 'nothing'"),
        (["estimate", JET, "--set", "fc1.weight=foo"], "not a type"),
        (["estimate", JET, "--board", "ulx3s-85f"], "open flow"),
        (["emulate", JET, "--data", "nothing.npz"], "nothing.npz"),
        (["emulate", JET, "--samples", "0"], "at least one sample"),
        (["evaluate", JET, "--samples", "0"], "at least one sample"),
        (["evaluate", JET, "--flow", "catapult"], "Emulate, which needs a compiler"),
        (["synthesize", JET, "--steps", "magic"], "this flow offers logic-synthesis, export."),
        (["synthesize", JET, "--flow", "quartus", "--steps", "export"], "this flow offers logic-synthesis."),
        (["synthesize", JET, "--host=-oProxyCommand=x"], "is not the name of a computer"),
        (["screenshot", JET, "x.png", "--size", "10x10"], "960x600"),
        (["estimat"], "Did you mean 'estimate'?"),
    ],
)
def test_bad_input_is_refused_with_what_to_do(arguments, words, capsys):
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert "Traceback" not in captured.err


def test_what_a_failed_run_leaves_is_kept_where_one_says(tmp_path, capsys):
    arguments = ["synthesize", JET, "--flow", "rtl", "--board", "icebreaker", "--out", str(tmp_path)]
    assert main(arguments) == 1
    (folder,) = tmp_path.iterdir()
    assert f"What it leaves is in {folder}." in capsys.readouterr().err
    assert (folder / "misfit.json").is_file()


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"x": np.zeros((3, 5))}, "samples×16"),
        ({"x": np.full((3, 16), np.nan)}, "Sample 0 of 'x'"),
        ({"x": np.zeros((3, 16)), "y": np.zeros(2)}, "one label for each sample"),
        ({"x": np.array([{}, {}], dtype=object)}, "never unpickled"),
        ({"q": np.zeros((3, 16))}, "the file holds q"),
    ],
)
def test_bad_samples_are_bad_input(arrays, words, tmp_path, capsys):
    np.savez(tmp_path / "bad.npz", **arrays)
    assert main(["emulate", JET, "--data", str(tmp_path / "bad.npz")]) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert "Traceback" not in captured.err
    assert "Converting" not in captured.err


@pytest.mark.hls4ml
@pytest.mark.compiler
def test_an_example_is_emulated_on_its_own_samples(capsys):
    assert main(["emulate", JET, "--samples", "60"]) == 0
    said = capsys.readouterr().out
    assert "over 60 samples of jet_tagger.npz" in said
    assert "Off by" in said


def test_an_example_is_evaluated_without_a_compiler(capsys, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert main(["evaluate", JET, "--set", "fc2.weight=ap_fixed<3,1>"]) == 0
    said = capsys.readouterr().out
    assert "over 500 samples of jet_tagger.npz" in said
    assert "90 % interval" in said
    assert "fc2 is the first layer off by more than 10 %" in said
    assert main(["evaluate", JET, "--samples", "60", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["samples"] == 60
    assert found["accuracy"]["low"] < found["accuracy"]["hardware"] <= found["accuracy"]["high"]
    assert [row["name"] for row in found["outputs"]] == ["softmax"]


def test_boards_and_doctor_speak_json(capsys):
    assert main(["boards", "--json"]) == 0
    assert {"pynq-z2", "vu13p"} <= {board["id"] for board in json.loads(capsys.readouterr().out)}
    assert main(["doctor", "--json"]) == 0
    assert "design" in {each["id"] for each in json.loads(capsys.readouterr().out)}


@pytest.mark.yosys
def test_the_doctor_compiles_tools_ahead(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("app.cli.doctor.OPEN_TOOLS", (ICEPACK,))
    assert main(["doctor"]) == 0
    assert "`codesign-studio doctor --prepare` does so now" in capsys.readouterr().out
    for said in ("Preparing icepack for its first use\n", ""):
        assert main(["doctor", "--prepare"]) == 0
        assert capsys.readouterr().err == said
    assert is_compiled(ICEPACK)


def test_export_writes_models_that_open_again(tmp_path, capsys):
    target = tmp_path / "jet.onnx"
    assert main(["export", JET, "--out", str(target)]) == 0
    said = capsys.readouterr()
    assert said.out.strip() == str(target)
    assert "is looked up in a table in hardware" in said.err
    assert main(["estimate", str(target), "--json"]) == 0
    for name in ("jet.h5", "jet.keras"):
        assert main(["export", JET, "--out", str(tmp_path / name)]) == 0
        assert main(["estimate", str(tmp_path / name), "--json"]) == 0
    assert main(["export", JET, "--out", str(tmp_path / "jet.txt")]) == 2
    assert "the file ends in .onnx or .h5 or .keras" in capsys.readouterr().err


@pytest.mark.hls4ml
def test_convert_writes_a_project_that_opens_again(tmp_path, capsys):
    assert main(["convert", JET, "--out", str(tmp_path / "project")]) == 0
    capsys.readouterr()
    totals = []
    for place in (JET, str(tmp_path / "project")):
        assert main(["estimate", place, "--json"]) == 0
        total = json.loads(capsys.readouterr().out)["total"]
        totals.append({name: total[name]["value"] for name in ("DSP", "BRAM18", "latency_cycles")})
    assert totals[0] == totals[1]


@pytest.mark.skipif(not (SHARED / "models").exists(), reason="reference models are not here")
def test_the_published_ad08_takes_216_multipliers(capsys):
    folder = SHARED / "models" / "mlperf_tiny"
    arguments = ["estimate", str(folder / "ad08.h5"), "--config", str(folder / "ad08_hls4ml_config.yml")]
    assert main([*arguments, "--io", "io_stream", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["total"]["DSP"]["value"] == 216


def test_the_level_decides_whose_report_is_foretold(capsys):
    luts = {}
    for level in ("c-synthesis", "logic-synthesis"):
        assert main(["estimate", JET, "--level", level, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        luts[found["level"]] = found["total"]["LUT"]["value"]
    assert 0 < luts["logic synthesis"] < luts["C synthesis"]
    assert main(["estimate", JET, "--level", "logic-synthesis"]) == 0
    assert "estimate of logic synthesis" in capsys.readouterr().out


def test_a_reader_that_has_enough_is_no_error():
    command = subprocess.Popen(
        [sys.executable, "-m", "app", "boards"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    command.stdout.close()

    assert command.stderr.read() == b""
    command.stderr.close()
    assert command.wait(timeout=60) == 0


def test_a_full_disk_is_said_and_leaves_the_file_that_was_there(tmp_path, capsys, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    project = tmp_path / "jet.codesign"
    shutil.copy(JET, project)
    monkeypatch.setattr(os, "fsync", full)
    assert main(["fold", str(project), "--rate", "1000000", "--out", str(project)]) == 2
    assert capsys.readouterr().err == "codesign-studio: A file could not be written: the disk is full.\n"
    assert project.read_bytes() == Path(JET).read_bytes()
