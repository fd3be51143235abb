"""Damaged and hostile reports: each gives an error that names the place, or a value; nothing else."""

import json
import random

import pytest

from engine.flows.hls4ml.reports import (
    ReportError,
    read_catapult,
    read_csynth,
    read_fit,
    read_intel_hls,
    read_intel_hls_fit,
    read_libero,
    read_oneapi,
    read_utilisation,
    report_to_json,
)
from engine.flows.hls4ml.reports import source as source_of_reports
from engine.flows.hls4ml.reports.csynth_text import read_csynth_text
from engine.flows.hls4ml.reports.csynth_xml import read_csynth_xml
from tests.engine.flows.hls4ml.test_reports import KERNELS, synthesis
from tests.engine.flows.hls4ml.test_reports_others import PROCESSES
from tests.standins.composed import csynth_rpt, csynth_xml, oneapi, utilisation
from tests.standins.composed_others import catapult, intel_hls, libero

MUTANTS = 200
STRANGE = ["", "-1", "1e999", "NaN", "9" * 5000, "٣", "\x00", "<", "&amp;", "&x;", "|", "+--+", '"', "{", "[]", "null"]


def readers(folder):
    """(file, its sound content, what reads it) of every kind of report."""
    oneapi(folder, KERNELS)
    intel_hls(folder)
    files = {
        "toy_csynth.xml": (csynth_xml(synthesis()), read_csynth_xml),
        "toy_csynth.rpt": (csynth_rpt(synthesis("Vivado HLS", "2020.1")), read_csynth_text),
        "vivado_synth.rpt": (utilisation(uram=1), read_utilisation),
        "summary.ndjson": ((folder / "summary.ndjson").read_text(), lambda path: read_oneapi(path.parent)),
        "loop_attr.ndjson": ((folder / "loop_attr.ndjson").read_text(), lambda path: read_oneapi(path.parent)),
        "quartus.ndjson": ((folder / "quartus.ndjson").read_text(), read_fit),
        "rtl.rpt": (catapult(PROCESSES, (578, 25, 9)), read_catapult),
        "summary.results.rpt": (libero(), read_libero),
        "report_data.js": ((folder / "report_data.js").read_text(), lambda path: read_intel_hls(path.parent)),
        "verification_data.js": (
            (folder / "verification_data.js").read_text(),
            lambda path: read_intel_hls(path.parent),
        ),
        "quartus_data.js": ((folder / "quartus_data.js").read_text(), lambda path: read_intel_hls_fit(path.parent)),
    }
    return [(name, content.encode(), read) for name, (content, read) in files.items()]


def mutated(content, draw):
    """The content with one to three places cut, doubled, exchanged or overwritten."""
    for _ in range(draw.choice((1, 1, 2, 3))):
        tokens = _tokens(content)
        place = draw.randrange(len(tokens))
        match draw.randrange(6):
            case 0:
                del tokens[place]
            case 1:
                tokens.insert(place, draw.choice(tokens))
            case 2:
                tokens[place] = draw.choice(STRANGE).encode()
            case 3:
                return b"".join(tokens[:place])
            case 4:
                other = draw.randrange(len(tokens))
                tokens[place], tokens[other] = tokens[other], tokens[place]
            case _:
                tokens[place] = bytes(draw.randrange(256) for _ in tokens[place])
        content = b"".join(tokens)
    return content


def _tokens(content):
    """Words and what stands between them; never none."""
    tokens, word = [], b""
    for byte in content:
        character = bytes([byte])
        if word and (character.isalnum() != word[-1:].isalnum()):
            tokens.append(word)
            word = b""
        word += character
    return [*tokens, word]


@pytest.mark.parametrize("kind", range(11))
def test_mutated_reports_give_an_error_or_a_value(tmp_path, kind):
    name, content, read = readers(tmp_path)[kind]
    draw = random.Random(kind)
    path, values = tmp_path / name, 0
    for _ in range(MUTANTS):
        path.write_bytes(mutated(content, draw))
        outcome = _outcome(read, path)
        if isinstance(outcome, ReportError):
            assert str(outcome).startswith(outcome.path.name)
            assert outcome.reason
        else:
            values += 1
            json.dumps(None if outcome is None else report_to_json(outcome), allow_nan=False)
    assert 0 < values < MUTANTS


def _outcome(read, path):
    try:
        return read(path)
    except ReportError as error:
        return error


def _broken(tmp_path, name, content, read):
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(ReportError) as caught:
        read(path)
    return str(caught.value)


BOMB = """<?xml version="1.0"?>
<!DOCTYPE profile [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<profile>&b;</profile>"""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (BOMB, "a.xml: line 2: document types and entities are not accepted in reports."),
        ('<!DOCTYPE p SYSTEM "file:///etc/passwd"><p/>', "a.xml: line 1: document types and entities are not accepted"),
        ("<profile>&nbsp;</profile>", "a.xml: line 1: it is not XML: undefined entity."),
        ("<profile>", "a.xml: line 1: it is not XML: no element found."),
        ("", "a.xml: line 1: it is not XML: no element found."),
        ("<a>" * 100, "a.xml: line 1: elements are nested too deeply."),
        ('<?xml version="1.0" encoding="klingon"?><profile/>', "a.xml has an encoding that is not known."),
        ("<profile/>", "a.xml: profile/AreaEstimates/Resources: no figure for LUT, FF, DSP, BRAM18."),
        (
            csynth_xml(synthesis()).replace("<LUT>1408<", "<LUT>many<"),
            "a.xml: line 37, profile/AreaEstimates/Resources/LUT: 'many' is not a number.",
        ),
        (
            csynth_xml(synthesis()).replace("<Version>2024.1</Version>", ""),
            "a.xml: profile/ReportVersion/Version: the element is missing or empty.",
        ),
    ],
)
def test_xml_that_is_refused(tmp_path, content, message):
    assert _broken(tmp_path, "a.xml", content, read_csynth_xml).startswith(message)


def test_text_that_is_refused(tmp_path):
    sound = csynth_rpt(synthesis())
    cases = {
        "nothing": "a.rpt: Utilization Estimates: no row 'Total' under 'Summary'.",
        sound.replace("|Total            |", "|Sum              |"): "a.rpt: Utilization Estimates: no row 'Total'",
        sound.replace("Vitis HLS Report", "Weather Report"): "a.rpt: line 1: the title of a C-synthesis report",
    }
    for content, message in cases.items():
        assert _broken(tmp_path, "a.rpt", content, read_csynth_text).startswith(message)
    cut = sound.replace("|ap_clk  |  10.00 ns|", "|ap_clk  |")
    assert "cells, 4 expected" in _broken(tmp_path, "a.rpt", cut, read_csynth_text)
    wrong = utilisation().replace("|Slice LUTs*      |  1234|", "|Slice LUTs*      |  some|")
    assert _broken(tmp_path, "v.rpt", wrong, read_utilisation) == "v.rpt: line 20, Used: 'some' is not a number."


def test_json_that_is_refused(tmp_path):
    oneapi(tmp_path, KERNELS)
    lines = (tmp_path / "summary.ndjson").read_text().splitlines()

    def message(content):
        (tmp_path / "summary.ndjson").write_text(content)
        with pytest.raises(ReportError) as caught:
            read_oneapi(tmp_path)
        return str(caught.value)

    assert message("[" * 100_000) == "summary.ndjson: line 1: it is not JSON."
    assert message("[]") == "summary.ndjson: line 1: an object is expected."
    assert (
        message("\n".join(lines[:4]))
        == "summary.ndjson: estimatedResources: the table of estimated resources is missing."
    )
    assert message("\n".join(lines).replace("300", '"many"')) == "summary.ndjson: line 6, data: 'many' is not a number."
    assert "7 figures, 6 expected" in message("\n".join(lines).replace("[300,", "[1, 300,"))


def test_a_report_larger_than_any_is_refused(tmp_path, monkeypatch):
    (tmp_path / "toy_csynth.xml").write_text(csynth_xml(synthesis()))
    monkeypatch.setattr(source_of_reports.read_bytes, "__defaults__", (1000,))
    with pytest.raises(ReportError, match=r"toy_csynth\.xml is larger than 0\.001 MB, which no report is"):
        read_csynth(tmp_path, "toy")
