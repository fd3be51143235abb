"""What small modules are mapped to, family by family."""

import pytest

from engine.boards import Family, Resource
from engine.flows.rtl.synthesis import Source, Technology, synthesise, technology_of
from tests.engine.flows.rtl.synthesis import modules

pytestmark = pytest.mark.yosys

EVERY = list(Technology)
QUICK = [Technology.ECP5, Technology.GOWIN, Technology.ICE40]
"""AMD's cells take Yosys four seconds to read: they are not tried in every test."""


@pytest.fixture
def mapped(tmp_path):
    def cells(source, technology):
        found = synthesise(source, source.name, technology, tmp_path / source.name)
        assert found.warnings == ()
        assert found.cpu_seconds > 0
        assert found.peak_memory > 50e6
        return found

    return cells


@pytest.mark.parametrize("technology", EVERY)
def test_a_product_takes_one_multiplier(mapped, technology):
    cells = mapped(modules.multiplier(), technology)
    assert (cells.dsp, cells.lut, cells.block_ram) == (1, 0, 0)
    assert cells.ff in (0, 16), "the output register is inside the multiplier or beside it"


@pytest.mark.parametrize("technology", QUICK)
def test_a_product_of_tables_takes_no_multiplier(mapped, technology):
    cells = mapped(modules.soft_multiplier(8, 6), technology)
    assert (cells.dsp, cells.block_ram) == (0, 0)
    assert 40 < cells.lut + cells.carry < 180


@pytest.mark.parametrize(
    ("technology", "widths", "dsp"),
    [
        (Technology.XC7, (4, 4), 0),
        (Technology.ICE40, (4, 6), 0),
        (Technology.ICE40, (4, 7), 1),
        (Technology.GOWIN, (3, 8), 0),
        (Technology.GOWIN, (4, 4), 1),
        (Technology.ECP5, (1, 8), 0),
        (Technology.ECP5, (2, 2), 1),
    ],
)
def test_yosys_own_threshold(mapped, technology, widths, dsp):
    assert mapped(modules.multiplier("threshold", *widths), technology).dsp == dsp


@pytest.mark.parametrize("technology", QUICK)
def test_an_adder_tree_is_carry_chains(mapped, technology):
    cells = mapped(Source("adders", modules.ADDERS), technology)
    assert (cells.ff, cells.dsp) == (4 * 9 + 2 * 10 + 11, 0)
    assert 60 <= cells.all_lut <= 72, "one cell a bit, a carry out for each of seven adders"


@pytest.mark.parametrize(("technology", "blocks"), [(Technology.XC7, 1), (Technology.ECP5, 1), (Technology.GOWIN, 1)])
def test_18_kbit_of_memory_are_one_block(mapped, technology, blocks):
    cells = mapped(Source("ram", modules.RAM), technology)
    assert (cells.block_ram, cells.lut, cells.lut_ram) == (blocks, 0, 0)


def test_18_kbit_are_five_blocks_of_ice40(mapped):
    assert mapped(Source("ram", modules.RAM), Technology.ICE40).block_ram == 5


def test_a_small_memory_of_tables_lies_in_a_block_where_a_family_has_no_tables_to_write(mapped):
    text = modules.RAM.replace("(* no_rw_check *)", '(* ram_style = "distributed" *)').replace("0:1023", "0:15")
    assert mapped(Source("ram", text), Technology.ICE40).block_ram == 2


@pytest.mark.parametrize("technology", QUICK)
def test_a_rom_lies_where_the_verilog_says(mapped, technology):
    block, tables = mapped(modules.rom("block"), technology), mapped(modules.rom("distributed"), technology)
    assert (block.block_ram, block.lut) == (1, 0)
    assert tables.block_ram == 0
    assert tables.lut >= 32


def test_the_resources_are_those_that_boards_count(mapped):
    cells = mapped(modules.rom("distributed"), Technology.XC7)
    taken = {resource: cells.resource(resource) for resource in Resource}
    assert taken == {"LUT": cells.lut, "FF": 32, "DSP": 0, "BRAM": 0, "URAM": 0, "AIE": 0}
    assert 32 <= cells.lut <= 80


def test_the_families_of_boards_that_yosys_maps_for():
    assert [family for family in Family if technology_of(family) is None] == [Family.ULTRASCALE, Family.VERSAL]
