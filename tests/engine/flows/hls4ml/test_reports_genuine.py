"""The parsers held against reports of real tools; skipped where these are not at hand."""

import pytest

from engine.estimate import Tier
from engine.flows.hls4ml.reports import LayerIndex, read_csynth, read_fit, read_oneapi, read_utilisation
from tests.samples import SHARED

REPORTS = SHARED / "reports"
pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="the genuine reports are not at hand")

HEADS = {
    "hls4ml_vivado_2020": ("Vivado HLS 2020.1", "xc7z020-clg400-1", 5.0, 4.049),
    "vitis_hls_2021": ("Vitis HLS 2021.1", "xc7z007s-clg225-2", 3.33, 3.236),
    "vitis_hls_2024": ("Vitis HLS 2024.1", "xczu7ev-ffvc1156-2-e", 5.0, 3.693),
}
TOTALS = {
    "hls4ml_vivado_2020": (2532, 7969, 73, 0, 0, 10, 8),
    "vitis_hls_2021": (31704, 34282, 177, 16, 0, 40, 1),
    "vitis_hls_2024": (132547, 53842, 272, 0, 0, 49, 16),
}
AVAILABLE = {
    "hls4ml_vivado_2020": (53200, 106400, 220, 280, 0),
    "vitis_hls_2021": (14400, 28800, 66, 100, 0),
    "vitis_hls_2024": (230400, 460800, 1728, 624, 96),
}
LAYERS = {
    "hls4ml_vivado_2020": {2: (2134, 7885, 73, 0, 7, 7), 3: (256, 84, 0, 0, 2, 1)},
    "vitis_hls_2021": {
        2: (26560, 27085, 119, 0, 9, 1),
        4: (336, 205, 0, 0, 1, 1),
        5: (2335, 2752, 42, 0, 5, 1),
        7: (2471, 3798, 16, 16, 20, 1),
    },
    "vitis_hls_2024": {
        2: (59539, 22149, 128, 0, 15, 16),
        3: (3904, 0, 0, 0, 0, 1),
        4: (59511, 22329, 128, 0, 15, 16),
        5: (1984, 0, 0, 0, 0, 1),
        6: (7462, 3612, 16, 0, 15, 16),
    },
}
NAMES = ("LUT", "FF", "DSP", "BRAM18", "URAM", "latency", "interval")


@pytest.mark.parametrize("folder", TOTALS)
def test_totals(folder):
    report = read_csynth(REPORTS / folder, "myproject")
    assert report.tier is Tier.C_SYNTHESIS
    assert (report.tool_and_version, report.part, report.clock_target, report.clock_estimate) == HEADS[folder]
    assert report.totals == tuple(zip(NAMES, TOTALS[folder], strict=True))
    assert report.available == tuple(zip(NAMES, AVAILABLE[folder], strict=False))


@pytest.mark.parametrize("folder", TOTALS)
def test_xml_and_text_say_the_same(folder, tmp_path):
    alone = {}
    for ending in ("xml", "rpt"):
        name = f"myproject_csynth.{ending}"
        (tmp_path / ending).mkdir()
        (tmp_path / ending / name).write_bytes((REPORTS / folder / name).read_bytes())
        report = read_csynth(tmp_path / ending, "myproject")
        alone[ending] = (report.totals, report.available, report.part, report.clock_target, report.clock_estimate)
    assert alone["xml"] == alone["rpt"]


@pytest.mark.parametrize("folder", TOTALS)
def test_every_layer(folder):
    index = LayerIndex({number: str(number) for number in range(1, 20)})
    layers = index.assign(read_csynth(REPORTS / folder, "myproject")).layers()
    shown = ("LUT", "FF", "DSP", "BRAM18", "latency", "interval")
    assert {int(name): tuple(row[key] for key in shown) for name, row in layers.items()} == LAYERS[folder]


@pytest.mark.parametrize(
    ("folder", "head", "figures"),
    [
        ("hls4ml_vivado_2020", ("Vivado 2020.1", "xc7z020clg400-1"), (1526, 2428, 66, 0, 0)),
        ("vitis_hls_2024", ("Vivado 2024.1", "xczu7ev-ffvc1156-2-e"), (83058, 49889, 272, 0, 0)),
    ],
)
def test_logic_synthesis(folder, head, figures):
    report = read_utilisation(REPORTS / folder / "vivado_synth.rpt")
    assert report.tier is Tier.LOGIC_SYNTHESIS
    assert (report.tool_and_version, report.part) == head
    assert report.totals == tuple(zip(NAMES, figures, strict=False))


def test_oneapi():
    report = read_oneapi(REPORTS / "hls4ml_oneapi")
    expected = {"LUT": 2462, "FF": 7938, "DSP": 40, "RAM": 77, "MLAB": 92, "interval": 1}
    assert dict(report.totals) == expected
    assert dict(report.available) == {"LUT": 974400, "FF": 1948800, "DSP": 4510, "RAM": 7110, "MLAB": 24360}
    assert report.clock_estimate == pytest.approx(1000 / 480)
    layers = LayerIndex({2: "fc1", 3: "relu"}).assign(report).layers()
    assert layers == {
        "relu": {"LUT": 168, "FF": 162, "DSP": 0, "RAM": 4, "MLAB": 4, "latency": 159, "interval": 1},
        "fc1": {"LUT": 2134, "FF": 4436, "DSP": 40, "RAM": 71, "MLAB": 87, "latency": 200, "interval": 1},
    }


def test_quartus_fit():
    fit = read_fit(REPORTS / "hls4ml_oneapi" / "quartus.ndjson")
    assert fit.tier is Tier.PLACED_AND_ROUTED
    assert dict(fit.totals) == {"LUT": 4182, "FF": 16419, "DSP": 40, "ALM": 4520.5, "RAM": 36, "MLAB": 52}
    assert fit.clock_estimate == pytest.approx(1000 / 597.73)
