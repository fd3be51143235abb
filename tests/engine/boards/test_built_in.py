"""The boards that ship: complete, sourced, and in agreement with other tables of the same devices."""

import json
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

import resources
from engine.boards import Board, Family, Origin, Resource, all_boards, board, board_problems, format_board

FOLDER = Path(resources.__file__).parent / "boards"
HLS4ML = Path(str(find_spec("hls4ml").origin)).parent
SHARED = Path(__file__).parents[4] / "shared"
BOARDS = all_boards()
by_board = pytest.mark.parametrize("each", BOARDS, ids=lambda each: each.id)

PROMISED = [
    "pynq-z1",
    "pynq-z2",
    "arty-a7-35t",
    "arty-a7-100t",
    "basys-3",
    "nexys-a7-100t",
    "zybo-z7-20",
    "cora-z7-07s",
    "cora-z7-10",
    "ultra96-v2",
    "kv260",
    "zcu102",
    "zcu104",
    "vcu118",
    "alveo-u50",
    "alveo-u200",
    "alveo-u250",
    "alveo-u280",
    "vu13p",
    "vck190",
    "vek280",
    "ulx3s-12f",
    "ulx3s-25f",
    "ulx3s-45f",
    "ulx3s-85f",
    "icebreaker",
    "tang-nano-9k",
    "tang-nano-20k",
]

PART = {
    Family.SERIES_7: "xc7",
    Family.ULTRASCALE_PLUS: "xc(zu|vu|u|k)",
    Family.VERSAL: "xcv[ce]",
    Family.ECP5: "LFE5U",
    Family.GOWIN: "GW",
    Family.ICE40: "iCE40",
}

# Totals that the data sheets print beside the counts, in kbit: they tell 18 kbit from 36 kbit blocks.
BLOCK_RAM_KBIT = {
    "arty-a7-35t": 1_800,
    "arty-a7-100t": 4_860,
    "cora-z7-07s": 1_800,
    "cora-z7-10": 2_160,
    "pynq-z2": 5_040,
    "ulx3s-12f": 576,
    "ulx3s-25f": 1_008,
    "ulx3s-45f": 1_944,
    "ulx3s-85f": 3_744,
    "icebreaker": 120,
    "tang-nano-9k": 468,
    "tang-nano-20k": 828,
}
BLOCK_RAM_MBIT = {
    "ultra96-v2": 7.6,
    "kv260": 5.1,
    "zcu102": 32.1,
    "zcu104": 11.0,
    "vcu118": 75.9,
    "vu13p": 94.5,
    "alveo-u50": 47.3,
    "alveo-u280": 70.9,
    "vck190": 34.0,
    "vek280": 21.1,
}
LARGE_RAM_MBIT = {
    "icebreaker": 1.0,
    "kv260": 18.0,
    "zcu104": 27.0,
    "vcu118": 270.0,
    "vu13p": 360.0,
    "alveo-u50": 180.0,
    "alveo-u280": 270.0,
    "vck190": 130.2,
    "vek280": 74.3,
}

# FINN's own table of its platforms, DSP slices (finn-base, platforms.py).
FINN_DSP = {"pynq-z1": 220, "ultra96-v2": 360, "zcu104": 1_728, "zcu102": 2_520}


def counts(each: Board) -> dict[Resource, int | None]:
    return {resource: each.count(resource) for resource in Resource}


def test_every_promised_board_ships_and_every_file_is_usable():
    assert [each.id for each in BOARDS] == sorted(PROMISED)
    assert board_problems() == ()
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(PROMISED)


@by_board
def test_a_file_is_written_as_the_studio_writes_it(each):
    assert (FOLDER / f"{each.id}.toml").read_text(encoding="utf-8") == format_board(each)
    assert each.origin is Origin.BUILT_IN


@by_board
def test_every_resource_is_known_with_its_source_and_the_source_repeats_the_figure(each):
    assert None not in counts(each).values()
    for supply in each.resources:
        numbers = {int(found.replace(",", "")) for found in re.findall(r"\d[\d,]*", supply.source)}
        stated = {supply.count, supply.count // 2, supply.count // 4, supply.count // 8}
        assert numbers & stated or (supply.count == 0 and "no " in supply.source), supply


@by_board
def test_the_part_belongs_to_the_family(each):
    assert re.match(PART[each.family], each.part)
    assert each.is_amd == each.part.startswith("xc")


@pytest.mark.parametrize("each", [each for each in BOARDS if each.is_amd], ids=lambda each: each.id)
def test_amd_devices_have_two_flip_flops_per_table_and_whole_logic_blocks(each):
    luts = each.count(Resource.LUT)
    assert each.count(Resource.FF) == 2 * luts
    assert luts % (4 if each.family is Family.SERIES_7 else 8) == 0
    assert each.count(Resource.BRAM) % 2 == 0


@pytest.mark.parametrize(("board_id", "kbit"), BLOCK_RAM_KBIT.items())
def test_block_ram_adds_up_to_the_published_kbit(board_id, kbit):
    assert board(board_id).supply(Resource.BRAM).bits == kbit * 1024


@pytest.mark.parametrize(("board_id", "mbit"), BLOCK_RAM_MBIT.items())
def test_block_ram_adds_up_to_the_published_mbit(board_id, mbit):
    assert board(board_id).supply(Resource.BRAM).bits / 2**20 == pytest.approx(mbit, abs=0.06)


@pytest.mark.parametrize(("board_id", "mbit"), LARGE_RAM_MBIT.items())
def test_large_ram_adds_up_to_the_published_mbit(board_id, mbit):
    assert board(board_id).supply(Resource.URAM).bits / 2**20 == pytest.approx(mbit, abs=0.06)


@pytest.mark.parametrize(
    "twins",
    [
        ("pynq-z1", "pynq-z2", "zybo-z7-20"),
        ("arty-a7-35t", "basys-3"),
        ("arty-a7-100t", "nexys-a7-100t"),
        ("vcu118", "alveo-u200"),
        ("vu13p", "alveo-u250"),
    ],
)
def test_boards_with_one_device_have_one_size(twins):
    assert len({tuple(counts(board(twin)).items()) for twin in twins}) == 1


def test_multipliers_are_those_that_finn_counts():
    assert {board_id: board(board_id).count(Resource.DSP) for board_id in FINN_DSP} == FINN_DSP


def test_only_versal_has_ai_engines():
    tiles = {each.id: each.count(Resource.AIE) for each in BOARDS if each.count(Resource.AIE)}
    assert tiles == {"vck190": 400, "vek280": 304}
    assert board("vek280").supply(Resource.AIE).unit.name == "AIE-ML"


def test_parts_are_those_of_hls4ml():
    table = json.loads((HLS4ML / "backends/vivado_accelerator/supported_boards.json").read_text())
    assert {board_id: board(board_id).part for board_id in table} == {
        board_id: entry["part"] for board_id, entry in table.items()
    }
    assert f"part='{board('vu13p').part}'" in (HLS4ML / "backends/vitis/vitis_backend.py").read_text()


@pytest.mark.parametrize(
    ("report", "board_id"),
    [("hls4ml_vivado_2020", "pynq-z2"), ("vitis_hls_2021", "cora-z7-07s"), ("vitis_hls_2024", "zcu104")],
)
def test_sizes_are_those_in_reports_of_the_vendors_tools(report, board_id):
    path = SHARED / "reports" / report / "myproject_csynth.xml"
    if not path.exists():
        pytest.skip("the reference reports are not beside the repository")
    section = path.read_text().split("<AvailableResources>")[1].split("</AvailableResources>")[0]
    available = {name: int(count) for name, count in re.findall(r"<(\w+)>(\d+)</", section)}
    names = {"BRAM_18K": Resource.BRAM, "DSP": Resource.DSP, "DSP48E": Resource.DSP}
    ours = counts(board(board_id))
    assert len(available) == 5
    assert {name: ours[names.get(name) or Resource(name)] for name in available} == available


def test_lut4_families_count_their_own_memories():
    assert board("ulx3s-85f").family.lut_inputs == 4
    assert board("pynq-z2").family.lut_inputs == 6
    names = {each.id: each.supply(Resource.BRAM).unit.name for each in BOARDS if not each.is_amd}
    assert names == {
        **dict.fromkeys(("ulx3s-12f", "ulx3s-25f", "ulx3s-45f", "ulx3s-85f"), "EBR"),
        "icebreaker": "EBR",
        "tang-nano-9k": "BSRAM",
        "tang-nano-20k": "BSRAM",
    }
    assert board("icebreaker").supply(Resource.BRAM).unit.bits == 4096


WORDS = {"pynq-z2": ("BRAM", "URAM"), "ulx3s-85f": ("EBR", "URAM"), "icebreaker": ("EBR", "SPRAM")}


@pytest.mark.parametrize("name", [*WORDS, "tang-nano-9k"])
def test_memories_are_called_as_their_maker_calls_them(name):
    found = board(name).word(Resource.BRAM), board(name).word(Resource.URAM)
    assert found == WORDS.get(name, ("BSRAM", "URAM"))
    assert board(name).word(Resource.LUT) == "LUT"
