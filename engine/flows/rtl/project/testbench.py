"""A testbench in Verilog with its vectors: feeds frames, holds what comes out against what must, counts cycles."""

from textwrap import indent
from typing import Any

from numpy.typing import NDArray

from engine.flows.rtl.build import Hardware
from engine.flows.rtl.frames import Frames
from engine.flows.rtl.simulate.words import to_words
from engine.flows.rtl.timeline import Timeline
from engine.flows.rtl.top import output_port
from engine.flows.rtl.verilog.names import identifier
from engine.flows.rtl.word import Stream


def testbench(hardware: Hardware, frames: Frames, foretold: Timeline, clock_ns: float) -> str:
    """The text; it reads the files of `vectors` from the folder it runs in."""
    inputs = {identifier(layer): stream for layer, stream in hardware.inputs.items()}
    outputs = {output_port(layer): hardware.gives(source) for layer, source in hardware.outputs.items()}
    feeds = [_feed(port, stream, len(frames)) for port, stream in inputs.items()]
    checks = [_check(port, stream, len(frames)) for port, stream in outputs.items()]
    done = " && ".join(f"{port}_next == {len(frames) * stream.words}" for port, stream in outputs.items())
    limit = 2 * (len(frames) * foretold.interval + foretold.latency) + 1000
    body = "\n\n".join([*feeds, *checks, _instance(hardware.name, [*inputs, *outputs]), _end(done, len(frames), limit)])
    return f"""\
// Feeds {len(frames)} frames into {hardware.name} and holds every word that leaves it against what it must be.
// A frame takes {foretold.latency} cycles, from the first word taken to the last one out; cycles from one frame to the
// next: {foretold.interval}.
`timescale 1ns / 1ps
module testbench;
  reg clk = 1'b0, rst = 1'b1;
  always #{clock_ns / 2:g} clk = ~clk;
  integer cycle = 0, errors = 0;
  initial begin
    repeat (2) @(posedge clk);
    rst <= 1'b0;
  end

{indent(body, "  ")}
endmodule
"""


def vectors(hardware: Hardware, frames: Frames) -> dict[str, str]:
    """File → its words, in hexadecimal, one a line."""
    found = {f"{identifier(layer)}.hex": _hex(frames.inputs[layer], each) for layer, each in hardware.inputs.items()}
    for layer, source in hardware.outputs.items():
        found[f"{output_port(layer)}.hex"] = _hex(frames.outputs[layer], hardware.gives(source))
    return found


def _hex(codes: NDArray[Any], stream: Stream) -> str:
    digits = -(-stream.bits // 4)
    rows = to_words(codes, stream)
    return "".join(f"{int.from_bytes(row.astype('<u4').tobytes(), 'little'):0{digits}x}\n" for row in rows)


def _memory(port: str, stream: Stream, count: int) -> str:
    return f"""\
reg [{stream.bits - 1}:0] {port}_words [0:{count - 1}];
initial $readmemh("{port}.hex", {port}_words);
integer {port}_next = 0;"""


def _feed(port: str, stream: Stream, frames: int) -> str:
    count = frames * stream.words
    return f"""\
// Input {port}: {stream} a frame.
{_memory(port, stream, count)}
wire {port}_ready;
wire {port}_valid = ~rst & ({port}_next < {count});
wire [{stream.bits - 1}:0] {port}_data = {port}_words[{port}_next];
always @(posedge clk) if ({port}_valid & {port}_ready) {port}_next <= {port}_next + 1;"""


def _check(port: str, stream: Stream, frames: int) -> str:
    return f"""\
// Output {port}: {stream} a frame.
{_memory(port, stream, frames * stream.words)}
wire {port}_valid;
wire {port}_ready = 1'b1;
wire [{stream.bits - 1}:0] {port}_data;
always @(posedge clk)
  if (~rst & {port}_valid) begin
    if ({port}_data !== {port}_words[{port}_next]) begin
      errors = errors + 1;
      $display("cycle %0d: word %0d of {port} differs", cycle, {port}_next);
      $display("  it is %h, not %h", {port}_data, {port}_words[{port}_next]);
    end
    {port}_next <= {port}_next + 1;
  end"""


def _instance(name: str, ports: list[str]) -> str:
    wires = [f".{port}_{end}({port}_{end})" for port in ports for end in ("valid", "ready", "data")]
    listed = ",\n".join(f"  {wire}" for wire in [".clk(clk)", ".rst(rst)", *wires])
    return f"{name} dut (\n{listed}\n);"


def _end(done: str, frames: int, limit: int) -> str:
    return f"""\
always @(posedge clk) begin
  if (~rst) cycle <= cycle + 1;
  if ({done}) begin
    if (errors == 0) $display("PASS: {frames} frames, every bit as it must be, in %0d cycles", cycle);
    else $display("FAIL: %0d words differ", errors);
    $finish;
  end else if (cycle > {limit}) begin
    $display("FAIL: not all words had come out after {limit} cycles");
    $finish;
  end
end"""
