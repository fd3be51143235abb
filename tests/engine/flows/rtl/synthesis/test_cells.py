"""Counting the cells of a netlist."""

import json

from hypothesis import given
from hypothesis import strategies as st

from engine.flows.rtl.synthesis import Cells, Technology
from engine.flows.rtl.synthesis.cells import cells_from_json, cells_to_json


def _cells(technology, **by_name):
    return Cells(technology, tuple(sorted(by_name.items())), "0.70", 1.0, 1)


def test_amd():
    names = {"LUT1": 1, "LUT6": 3, "INV": 9, "FDRE": 5, "FDSE_1": 1, "DSP48E1": 2, "RAMB18E1": 1, "RAMB36E1": 4}
    cells = _cells(Technology.XC7, **names, SRL16E=2, RAM64M=1, CARRY4=7, MUXF7=1, MUXF8=1)
    assert cells.lut_by_inputs == {1: 1, 2: 0, 3: 0, 4: 0, 5: 0, 6: 3}
    assert (cells.lut, cells.lut_ram, cells.ff, cells.dsp, cells.block_ram) == (4, 6, 6, 2, 9)
    assert (cells.carry, cells.mux, cells.large_ram) == (7, 2, 0)
    assert cells.resource("LUT") == 10


def test_half_multipliers_of_gowin_are_rounded_up():
    assert _cells(Technology.GOWIN, MULT9X9=3, MULT18X18=1, MULT36X36=1).dsp == 7


def test_what_one_family_calls_a_table_is_none_of_another():
    assert _cells(Technology.ECP5, SB_LUT4=5).lut == 0
    assert _cells(Technology.ICE40, SB_LUT4=5, SB_DFFER=2).ff == 2


def test_carry_chains_take_the_places_of_tables_where_they_have_none_of_their_own():
    assert _cells(Technology.ECP5, LUT4=10, CCU2C=3, TRELLIS_DPR16X4=1).resource("LUT") == 22
    assert _cells(Technology.GOWIN, LUT2=3, LUT4=10, ALU=5).resource("LUT") == 18
    assert _cells(Technology.XC7, LUT4=10, CARRY4=3).resource("LUT") == 10


@given(
    st.builds(
        Cells,
        technology=st.sampled_from(Technology),
        by_name=st.dictionaries(st.text(min_size=1), st.integers(0, 10**6)).map(
            lambda names: tuple(sorted(names.items()))
        ),
        yosys=st.text(),
        cpu_seconds=st.floats(0, 1e6),
        peak_memory=st.integers(0, 2**40),
        warnings=st.lists(st.text(), max_size=3).map(tuple),
    )
)
def test_a_result_survives_being_written(cells):
    assert cells_from_json(json.loads(json.dumps(cells_to_json(cells)))) == cells
