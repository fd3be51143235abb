"""A design behind a serial line: bytes in, bytes out, through real start and stop bits."""

import types

import numpy as np
import pytest

from engine.design import Design, set_on_layers
from engine.flows.hls4ml.exact.lower import Lowering
from engine.flows.rtl.build import build
from engine.flows.rtl.errors import NotGeneratedError
from engine.flows.rtl.shell.host import host_script
from engine.flows.rtl.shell.serial import BAUD, TOP, line, serial_sources
from engine.flows.rtl.simulate.bench import Bench
from engine.flows.rtl.word import Stream
from engine.network import Layer, Network
from engine.network.kinds import Activation, Dense, Input
from engine.precision import parse
from tests.engine.flows.rtl.running import expectation
from tests.engine.flows.rtl.test_dense import TARGET, branches
from tests.samples import with_random_weights

CLOCK_MHZ = 8 * BAUD / 1e6
"""Eight cycles a bit: enough to be read in the middle, few enough to simulate."""
BYTE = parse("ap_uint<8>")
# The other end of the line, from the same modules: bytes in, bytes out.
COMPUTER = f"""
module computer (
  input wire clk, input wire rst,
  input wire sent_valid, output wire sent_ready, input wire [7:0] sent_data,
  output wire got_valid, input wire got_ready, output wire [7:0] got_data
);
  wire up, down, led, ready;
  reg [4:0] waited;  // until the board is out of its reset
  always @(posedge clk) waited <= rst ? 5'd0 : waited + (up_and_running ? 5'd0 : 5'd1);
  wire up_and_running = &waited;
  assign sent_ready = ready & up_and_running;
  uart_send #(.COUNT(4), .DIVIDER(4'd8)) send (
    .clk(clk), .rst(rst), .s_valid(sent_valid & up_and_running), .s_ready(ready), .s_data(sent_data), .line(up));
  {TOP} board_i (.clk(clk), .button(rst), .uart_rx(up), .uart_tx(down), .led(led));
  uart_receive #(.COUNT(4), .DIVIDER(4'd8)) receive (
    .clk(clk), .rst(rst), .line(down), .m_valid(got_valid), .m_ready(got_ready), .m_data(got_data));
endmodule
"""


def small(store):
    """6-4-3 with types that do not fill their bytes."""
    layers = (
        Layer("features", Input(shape=(6,))),
        Layer("hidden", Dense(units=4), ("features",)),
        Layer("relu", Activation(), ("hidden",)),
        Layer("scores", Dense(units=3), ("relu",)),
    )
    design = Design("small", with_random_weights(Network(layers), store), TARGET)
    for name, key, value in (
        ("features", "result", parse("ap_fixed<11,4>")),
        ("scores", "result", parse("ap_fixed<18,8>")),
        ("hidden", "reuse_factor", 6),
        ("scores", "reuse_factor", 12),
        ("hidden", "strategy", "Resource"),
        ("scores", "strategy", "Resource"),
    ):
        design = set_on_layers(design, (name,), key, value)
    specification = Lowering(store).lower(design)
    return specification, build(specification, "small")


def script(hardware):
    """The host's script as a module, without a serial line."""
    text = host_script(line(hardware, CLOCK_MHZ), 0.001)
    module = types.ModuleType("host")
    exec(text.replace("import serial\n", ""), module.__dict__)
    return module


@pytest.mark.compiler
def test_samples_sent_over_the_line_are_answered_bit_for_bit(store, tmp_path):
    specification, hardware = small(store)
    codes, expected = expectation(specification, 3)
    host = script(hardware)
    values = np.ldexp(codes["features"].astype(float), -7)
    sent = b"".join(host.to_bytes(sample) for sample in values)
    verilog = serial_sources(hardware, CLOCK_MHZ, active_low=False, led_low=False) + COMPUTER
    answer = 3 * 3
    bench = Bench(
        verilog, "computer", {"sent": Stream(len(sent), 1, BYTE)}, {"got": Stream(3 * answer, 1, BYTE)}, tmp_path
    )
    bench.compile()
    outcome = bench.run({"sent": np.frombuffer(sent, np.uint8).astype(np.int64)[None]}, cycles=20_000)
    data = bytes(outcome.codes["got"].ravel().tolist())
    answers = [host.from_bytes(data[place * answer :]) for place in range(3)]
    np.testing.assert_array_equal(answers, np.ldexp(expected["scores"].astype(float), -10))


def test_a_design_with_several_inputs_has_no_serial_line(store):
    hardware = build(Lowering(store).lower(branches(store)), "many")
    with pytest.raises(NotGeneratedError, match="one input and one output"):
        line(hardware, 25)
