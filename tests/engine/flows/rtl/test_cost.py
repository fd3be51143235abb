"""What the estimate of the open flow reads off Verilog, and what follows from it."""

from collections import Counter
from dataclasses import replace

import pytest

from engine.boards import board
from engine.design import REUSE_FACTOR, WEIGHT, set_on_layers
from engine.flows.registry import flow
from engine.flows.rtl.cost.amounts import blocks, dsp, tables
from engine.flows.rtl.cost.reading import (
    ADDERS,
    ALIKE,
    CHOICES,
    COMPARISONS,
    CONSTANT_ADDERS,
    FIXED,
    REGISTERS,
    SELECTORS,
    WEIGHTS,
    Memory,
    read,
)
from engine.flows.rtl.draft import Drafter
from engine.flows.rtl.drafted import drafted
from engine.flows.rtl.synthesis import Technology
from engine.precision import FixedType
from tests.engine.flows.rtl.test_flow import folded_tagger

ROWS = """\
// adds up
module sums (
  input  wire clk,
  input  wire [15:0] s_data,
  output wire [15:0] m_data
);
  (* rom_style = "block" *) reg [31:0] weight_rom [0:511];
  initial begin
    weight_rom[0] = 32'h1;
  end
  reg [7:0] kept [0:3];
  function signed [7:0] finish(input signed [11:0] value);
    reg signed [11:0] exact;
    begin
      exact = value[11] ? 12'd0 : value + 12'sd1;
      finish = exact[7:0];
    end
  endfunction
  genvar row;
  generate
  for (row = 0; row < 4; row = row + 1) begin : rows
    wire signed [11:0] x = s_data[11:0];
    wire signed [8:0] w = s_data[row*2 +: 9];
    reg signed [20:0] product;
    always @(posedge clk) product <= x * w;
    wire signed [7:0] finished = finish(x);
    wire is_last = x == 12'd3;
  end
  endgenerate
  skid #(.BITS(16)) entry (
    .clk(clk)
  );
endmodule
"""


def test_bits_are_counted_as_often_as_loops_and_calls_have_them():
    found = read(ROWS)
    assert found.amounts[REGISTERS] == 4 * 21 + 17, "four products, and the skid's word with its flag"
    assert found.amounts[ADDERS] == 4 * 12
    assert found.amounts[SELECTORS] == 4 * 12 + 16
    assert found.amounts[COMPARISONS] == 4 * 12
    assert found.products == Counter({(12, 9): 4})
    assert found.memories == (Memory(512, 32, True, True), Memory(4, 8, False, False))


def test_what_belongs_together_is_read_together_whatever_lines_are_empty():
    """A text is read in passages, which are kept: loops and functions stay whole."""
    assert read(ROWS.replace(";\n", ";\n\n")) == read(ROWS)


def test_multipliers_and_blocks_follow_from_widths():
    assert dsp(read(ROWS), Technology.XC7) == 4
    assert (
        dsp(read(ROWS.replace("reg signed [20:0]", "reg signed [40:0]").replace("[11:0] x =", "[29:0] x =")), "xc7")
        == 8
    )
    assert dsp(read(ROWS), Technology.GOWIN) == 4
    assert dsp(read(ROWS.replace("[11:0] x =", "[8:0] x =")), Technology.GOWIN) == 2, (
        "two of 9 x 9 take the place of one"
    )
    assert blocks(Memory(512, 32, True, True), Technology.XC7) == 1
    assert blocks(Memory(5120, 6, True, True), Technology.XC7) == 3
    assert tables(Memory(100, 8, True, False), Technology.XC7) == 16
    assert tables(Memory(100, 8, True, False), Technology.ECP5) == 56


def test_multipliers_interval_and_latency_of_the_estimate_are_exact(store):
    design = set_on_layers(folded_tagger(store), ("fc1", "fc2", "fc3", "fc4"), WEIGHT, FixedType(9, 1))
    total = flow("rtl").estimate(design, store).total
    assert (total.dsp.value, total.dsp.exact) == ((16 * 64 + 64 * 32 + 32 * 32 + 32 * 5) / 32, True)
    assert (total.interval.value, total.latency.exact) == (32, True)
    assert total.lut.low < total.lut.value < total.lut.high


def test_more_reuse_takes_less_and_is_slower(store):
    estimates = [flow("rtl").estimate(folded_tagger(store, factor), store).total for factor in (4, 16)]
    assert estimates[0].lut.value > 2 * estimates[1].lut.value
    assert estimates[0].latency.value < estimates[1].latency.value


def test_constant_matrices_are_sketched_and_say_so(store):
    design = set_on_layers(folded_tagger(store), ("fc2",), REUSE_FACTOR, 1)
    found = flow("rtl").estimate(design, store)
    assert "reuse factor 1" in found.total.latency.reason
    assert not found.of("fc2").latency.exact
    assert found.of("fc3").latency.exact


def test_families_that_were_learned_have_estimates(store):
    design = folded_tagger(store)
    for name in ("pynq-z2", "zcu104", "ulx3s-85f", "tang-nano-20k"):
        moved = replace(design, target=replace(design.target, board=board(name)))
        assert flow("rtl").estimate(moved, store).refusal == "", name


def test_multipliers_of_ultrascale_take_no_registers(store):
    """Yosys leaves those of products beside DSP48E2 where they are: of 11 modules, flip-flops were twice the count."""
    design = set_on_layers(folded_tagger(store), ("fc1", "fc2", "fc3", "fc4"), WEIGHT, FixedType(9, 1))
    series7, ultrascale = (
        flow("rtl").estimate(replace(design, target=replace(design.target, board=board(name))), store).total
        for name in ("pynq-z2", "zcu104")
    )
    assert ultrascale.dsp == series7.dsp
    assert ultrascale.ff.value > 1.5 * series7.ff.value
    assert ultrascale.lut.value > series7.lut.value


def test_each_kind_of_module_has_weights_of_its_own(store):
    """Reuse factor 1 is adders alone, where a table holds one bit."""
    folded, unrolled = (
        flow("rtl").estimate(set_on_layers(folded_tagger(store), ("fc1",), REUSE_FACTOR, factor), store).layers
        for factor in (32, 1)
    )
    small, constant = (next(each.cost for each in layers if each.name == "fc1").lut for layers in (folded, unrolled))
    assert CONSTANT_ADDERS not in dict(small.terms)
    assert dict(constant.terms)[CONSTANT_ADDERS] > 0.8 * constant.value
    assert all("of its kind" in each.reason for each in (small, constant))
    assert 0.5 * constant.value < constant.low < constant.value < constant.high < 2 * constant.value


def test_weights_that_stay_the_same_are_found_in_their_memory():
    text = "reg [7:0] weight_rom [0:3];\ninitial begin\n%s\nend\n"
    words = "\n".join(f"  weight_rom[{place}] = 8'h{word};" for place, word in enumerate(("0f", "0e", "8d", "0c")))
    found = read(text % words).amounts
    assert (found[WEIGHTS], found[FIXED], found[ALIKE]) == (8, 5, 0), "bits 0, 1 and 7 change"
    two = read(text.replace("0:3", "0:1") % "  weight_rom[0] = 8'h0f;\n  weight_rom[1] = 8'h10;").amounts
    assert (two[FIXED], two[ALIKE]) == (3, 3), "of two words, bits that change go up or down"
    assert read(text % "  weight_rom[0] = 8'h0f;").amounts[FIXED] == 0, "of the first word alone nothing is known"


def test_choices_of_a_part_of_a_word_are_counted_but_for_loops_that_are_unrolled():
    text = "wire [31:0] word;\nwire [7:0] one = word[step*8 +: 8];\nwire [7:0] all = word[row*8 +: 8];\n"
    assert read(text).amounts[CHOICES] == 24


def test_small_memories_of_constants_take_few_tables():
    assert tables(Memory(2, 100, True, False), Technology.XC7) == 0
    assert tables(Memory(3, 100, True, False), Technology.XC7) == 6
    assert tables(Memory(3, 100, False, False), Technology.XC7) == 100


def test_the_estimate_reads_an_outline_of_what_is_built(store):
    """All that costs is the same but the adders of constants, which are told from the digits of the weights."""
    design = set_on_layers(folded_tagger(store, 128), ("fc4",), REUSE_FACTOR, 1)
    real = drafted(design, store)[1].blocks
    outlined = Drafter().draft(design, store).hardware.blocks
    assert "weight_rom[127]" in real[0].verilog
    assert "weight_rom[1]" not in outlined[0].verilog
    for built, drawn in zip(real[:3], outlined[:3], strict=True):
        assert read(drawn.verilog).memories == read(built.verilog).memories
        assert read(drawn.verilog).amounts[ADDERS] == read(built.verilog).amounts[ADDERS]
    adders = [each.amounts[CONSTANT_ADDERS] for each in (read(real[3].verilog), outlined[3].reading)]
    assert adders[1] == pytest.approx(adders[0], rel=0.25)


def test_an_outline_of_few_steps_holds_all_that_is_built(store):
    """One lane in a loop stands for all, and two words tell how many bits of the weights change."""
    design = folded_tagger(store, 4)
    real, outlined = drafted(design, store)[1].blocks, Drafter().draft(design, store).hardware.blocks
    assert len(outlined[0].verilog) < len(real[0].verilog) / 2
    for built, drawn in zip(real, outlined, strict=True):
        assert read(drawn.verilog) == read(built.verilog), built.name
