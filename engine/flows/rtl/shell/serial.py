"""A design behind a serial line: a frame is sent as bytes, and the answer comes back as bytes."""

from dataclasses import dataclass
from textwrap import indent

from engine.flows.rtl.build import Hardware
from engine.flows.rtl.errors import NotGeneratedError
from engine.flows.rtl.joint import Step
from engine.flows.rtl.shell.padded import converter, padded, padded_bits, unpadded
from engine.flows.rtl.top import output_port, sources
from engine.flows.rtl.verilog.library import library_module
from engine.flows.rtl.verilog.names import identifier
from engine.flows.rtl.word import Stream

BAUD = 115200
TOP = "board"
"""Name of the top module; its ports are clk, button, uart_rx, uart_tx and led."""


@dataclass(frozen=True, slots=True)
class Line:
    """How a design is talked to: `divider` cycles of its clock make a bit."""

    source: Stream
    target: Stream
    divider: int


def line(hardware: Hardware, clock_mhz: float, baud: int = BAUD) -> Line:
    """The serial line of a design. Raises NotGeneratedError where it has several inputs or outputs."""
    if len(hardware.inputs) != 1 or len(hardware.outputs) != 1:
        raise NotGeneratedError(
            "",
            f"Over one serial line goes one input and one output; the design has {len(hardware.inputs)} and "
            f"{len(hardware.outputs)}.",
            "Export the Verilog and join it to your own top module.",
        )
    target = hardware.gives(next(iter(hardware.outputs.values())))
    return Line(next(iter(hardware.inputs.values())), target, round(clock_mhz * 1e6 / baud))


def serial_sources(hardware: Hardware, clock_mhz: float, *, active_low: bool, led_low: bool, baud: int = BAUD) -> str:
    """All Verilog of the board's top in one text; a pressed button resets. Raises NotGeneratedError."""
    found = line(hardware, clock_mhz, baud)
    parts = [sources(hardware), library_module("uart_receive"), library_module("uart_send")]
    return "\n".join([*parts, _top(hardware, found, active_low=active_low, led_low=led_low)])


def _top(hardware: Hardware, line: Line, *, active_low: bool, led_low: bool) -> str:
    entry, out = identifier(next(iter(hardware.inputs))), output_port(next(iter(hardware.outputs)))
    bits = max(line.divider.bit_length(), 2)
    uart = f"#(.COUNT({bits}), .DIVIDER({bits}'d{line.divider}))"
    body = f"""\
// Reset for the first cycles, and as long as the button is pressed.
reg [3:0] started = 4'd0;
wire pressed = {"~" if active_low else ""}button;
wire rst = ~started[3] | pressed;
always @(posedge clk) if (~started[3]) started <= started + 1'b1;

wire in_valid, in_ready;
wire [7:0] in_data;
uart_receive {uart} receive (
  .clk(clk), .rst(rst), .line(uart_rx), .m_valid(in_valid), .m_ready(in_ready), .m_data(in_data)
);
{_gathered(line.source)}
wire answer_valid, answer_ready;
wire [{line.target.bits - 1}:0] answer;
wire [{padded_bits(line.target) - 1}:0] answer_data = {padded("answer", line.target)};
{hardware.name} design_i (
  .clk(clk), .rst(rst),
  .{entry}_valid(words_valid), .{entry}_ready(words_ready), .{entry}_data({unpadded("words_data", line.source)}),
  .{out}_valid(answer_valid), .{out}_ready(answer_ready), .{out}_data(answer)
);
{_spread(line.target)}
uart_send {uart} send (
  .clk(clk), .rst(rst), .s_valid(out_valid), .s_ready(out_ready), .s_data(out_data), .line(uart_tx)
);

// The LED changes with every answer.
reg lit;
assign led = {"~" if led_low else ""}lit;
always @(posedge clk)
  if (rst) lit <= 1'b0;
  else if (answer_valid & answer_ready) lit <= ~lit;"""
    return f"""\
// {hardware.name} on a board: a frame comes in over the serial line, its answer goes out.
// Values are in whole bytes, the lowest byte first.
module {TOP} (
  input  wire clk,
  input  wire button,
  input  wire uart_rx,
  output wire uart_tx,
  output wire led
);
{indent(body, "  ")}
endmodule
"""


def _gathered(stream: Stream) -> str:
    """Bytes as words of the design's input."""
    count = padded_bits(stream) // 8
    declared = f"wire words_valid, words_ready;\nwire [{8 * count - 1}:0] words_data;\n"
    if count == 1:
        return declared + _JOINED.format(source="in", target="words")
    return declared + converter(Step("gather", 8, count), "gather_bytes", "in", "words")


def _spread(stream: Stream) -> str:
    """Words of the design's output as bytes."""
    count = padded_bits(stream) // 8
    declared = "wire out_valid, out_ready;\nwire [7:0] out_data;\n"
    if count == 1:
        return declared + _JOINED.format(source="answer", target="out")
    return declared + converter(Step("spread", 8, count), "spread_bytes", "answer", "out")


_JOINED = """\
assign {target}_valid = {source}_valid;
assign {source}_ready = {target}_ready;
assign {target}_data = {source}_data;"""
