"""From Verilog to a bitstream with the real tools, and what they say where there is no room."""

import pytest

from engine.boards import Resource, board
from engine.flows.rtl.place import DoesNotFitError, pins_of, place
from engine.flows.rtl.synthesis import Source, synthesise, technology_of
from engine.flows.rtl.tools import Trouble

pytestmark = pytest.mark.yosys

TOP = """module top(input clk, input button, input uart_rx, output reg uart_tx, output led);
  (* rom_style = "block" *) reg [7:0] words [0:1023];
  integer i;
  initial for (i = 0; i < 1024; i = i + 1) words[i] = i * 7;
  reg [23:0] n;
  reg signed [7:0] a, b;
  reg signed [15:0] p;
  reg signed [23:0] s;
  assign led = n[23];
  always @(posedge clk) begin
    n <= button ? 0 : n + 1;
    a <= {a[6:0], uart_rx};
    b <= words[n[9:0]];
    p <= a * b;
    s <= s + p;
    uart_tx <= ^s;
  end
endmodule
"""


def products(count, bits):
    """So many products at once."""
    lines = "\n".join(
        f"  reg signed [{2 * bits - 1}:0] p{i};\n  always @(posedge clk) p{i} <= x{i} * x{i + 1};\n"
        f"  reg signed [{bits - 1}:0] x{i};\n  always @(posedge clk) x{i} <= {{x{i}, x{i + 1}[{bits - 1}]}};"
        for i in range(count)
    )
    last = f"  reg signed [{bits - 1}:0] x{count};\n  always @(posedge clk) x{count} <= {{x{count}, uart_rx}};"
    total = ", ".join(f"p{i}" for i in range(count))
    end = f"  assign led = button;\n  always @(posedge clk) uart_tx <= ^{{{total}}};\nendmodule\n"
    head = "module top(input clk, input button, input uart_rx, output reg uart_tx, output led);\n"
    return f"{head}{last}\n{lines}\n{end}"


def _mapped(verilog, board_id, folder):
    return synthesise(Source("top", verilog), "top", technology_of(board(board_id).family), folder, whole=True)


@pytest.mark.parametrize("board_id", ["ulx3s-12f", "tang-nano-9k", "tang-nano-20k", "icebreaker"])
def test_a_small_design_becomes_a_bitstream(tmp_path, board_id):
    cells = _mapped(TOP, board_id, tmp_path)
    pins = pins_of(board_id)
    placed = place(tmp_path, board(board_id), clock_mhz=pins.clock_mhz, pins=pins)
    assert [(clock.name, clock.target_mhz) for clock in placed.clocks] == [("clk", pytest.approx(pins.clock_mhz, 1e-3))]
    assert placed.meets_timing
    assert 30 < placed.fmax_mhz < 700
    assert sum(step.delay_ns for step in placed.slowest) == pytest.approx(1000 / placed.fmax_mhz, rel=0.02)
    assert placed.resource(Resource.DSP) == cells.dsp == 1
    assert placed.resource(Resource.BRAM) == cells.block_ram >= 1
    assert cells.lut <= placed.resource(Resource.LUT) < 200
    assert placed.bitstream_bytes == (tmp_path / placed.bitstream).stat().st_size > 20_000
    assert placed.cpu_seconds > 0


def test_without_pins_there_is_a_rate_and_no_bitstream(tmp_path):
    _mapped(TOP, "icebreaker", tmp_path)
    placed = place(tmp_path, board("icebreaker"), clock_mhz=48)
    assert placed.fmax_mhz > 30
    assert (placed.bitstream, placed.bitstream_bytes) == ("", 0)


def test_the_same_netlist_is_placed_the_same_way(tmp_path):
    _mapped(TOP, "icebreaker", tmp_path)
    first, second = (place(tmp_path, board("icebreaker"), clock_mhz=48) for _ in range(2))
    assert (first.fmax_mhz, first.uses) == (second.fmax_mhz, second.uses)


@pytest.mark.parametrize(
    ("board_id", "count", "bits", "says"),
    [
        ("tang-nano-9k", 21, 16, "The design does not fit the Tang Nano 9K: it needs 21 MULT18X18 of 20."),
        ("icebreaker", 9, 9, "The design does not fit the iCEBreaker: it needs 9 ICESTORM_DSP of 8."),
        ("ulx3s-12f", 29, 16, "The design does not fit the ULX3S-12F: it needs 29 MULT18X18D of 28."),
    ],
)
def test_too_many_multipliers(tmp_path, board_id, count, bits, says):
    assert _mapped(products(count, bits), board_id, tmp_path).dsp == count
    with pytest.raises(DoesNotFitError) as raised:
        place(tmp_path, board(board_id), clock_mhz=12, pins=pins_of(board_id))
    assert str(raised.value) == says
    assert raised.value.trouble is Trouble.FIT
    assert [(use.used, use.used - use.available) for use in raised.value.over] == [(count, 1)]


def test_a_slow_design_is_a_result(tmp_path):
    _mapped(TOP, "icebreaker", tmp_path)
    placed = place(tmp_path, board("icebreaker"), clock_mhz=500)
    assert not placed.meets_timing
    assert placed.clocks[0].achieved_mhz < placed.clocks[0].target_mhz == 500


def test_a_board_without_an_open_tool(tmp_path):
    with pytest.raises(ValueError, match="PYNQ-Z2"):
        place(tmp_path, board("pynq-z2"), clock_mhz=100)
