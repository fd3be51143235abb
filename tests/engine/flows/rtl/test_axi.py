"""A design with AXI-Stream ports: values in whole bytes, the last word of each frame marked."""

import numpy as np
import pytest

from engine.flows.rtl.shell.axi import axi_name, axi_top
from engine.flows.rtl.shell.padded import value_bytes
from engine.flows.rtl.simulate.bench import Bench
from engine.flows.rtl.top import sources
from engine.flows.rtl.word import Stream
from engine.precision import FixedType
from tests.engine.flows.rtl.running import expectation
from tests.engine.flows.rtl.test_serial import small


def harness(hardware, words_in, words_out):
    """The ports of a simulation on AXI's; what comes out has `tlast` on top."""
    return f"""
module harness (
  input wire clk, input wire rst,
  input wire in_valid, output wire in_ready, input wire [{words_in - 1}:0] in_data,
  output wire out_valid, input wire out_ready, output wire [{words_out}:0] out_data
);
  {axi_name(hardware)} axi (
    .aclk(clk), .aresetn(~rst),
    .s_axis_features_tvalid(in_valid), .s_axis_features_tready(in_ready), .s_axis_features_tdata(in_data),
    .m_axis_scores_out_tvalid(out_valid), .m_axis_scores_out_tready(out_ready),
    .m_axis_scores_out_tlast(out_data[{words_out}]), .m_axis_scores_out_tdata(out_data[{words_out - 1}:0]));
endmodule
"""


def in_bytes(stream):
    """The same stream with values of whole bytes."""
    bits = 8 * value_bytes(stream.type)
    return Stream(stream.words, stream.lanes, FixedType(bits, bits - stream.type.fraction))


@pytest.mark.compiler
def test_frames_pass_in_whole_bytes_and_their_last_word_is_marked(store, tmp_path):
    specification, hardware = small(store)
    codes, expected = expectation(specification, 4)
    source, target = in_bytes(hardware.inputs["features"]), in_bytes(hardware.gives("scores"))
    marked = Stream(target.words, 1, FixedType(target.bits + 1, 1, signed=False))
    verilog = "\n".join([sources(hardware), axi_top(hardware), harness(hardware, source.bits, target.bits)])
    bench = Bench(verilog, "harness", {"in": source}, {"out": marked}, tmp_path)
    bench.compile()
    words = bench.run({"in": codes["features"]}, cycles=5_000, pauses=3).codes["out"]
    values, last = words & ((1 << target.bits) - 1), words >> target.bits
    assert target.lanes == 1
    signed = np.where(values >> (target.bits - 1), values - (1 << target.bits), values)
    np.testing.assert_array_equal(signed, expected["scores"])
    np.testing.assert_array_equal(last, [[0] * (target.words - 1) + [1]] * 4)
