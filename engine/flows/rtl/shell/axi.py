"""A design with AXI-Stream ports, as AMD's tools and DMA engines join them: values in whole bytes, one word a beat."""

from textwrap import indent

from engine.flows.rtl.build import Hardware
from engine.flows.rtl.shell.padded import padded, padded_bits, unpadded
from engine.flows.rtl.top import output_port
from engine.flows.rtl.verilog.module import counter_bits
from engine.flows.rtl.verilog.names import identifier
from engine.flows.rtl.word import Stream


def axi_name(hardware: Hardware) -> str:
    """Name of the module."""
    return f"{hardware.name}_axi"


def axi_top(hardware: Hardware) -> str:
    """The module: `s_axis_<input>` in, `m_axis_<output>` out, with `tlast` on the last word of a frame."""
    inputs = {identifier(layer): stream for layer, stream in hardware.inputs.items()}
    outputs = {output_port(layer): hardware.gives(source) for layer, source in hardware.outputs.items()}
    ports = ["input  wire aclk", "input  wire aresetn"]
    ports += [port for name, stream in inputs.items() for port in _slave(name, stream)]
    ports += [port for name, stream in outputs.items() for port in _master(name, stream)]
    body = [_output(name, stream) for name, stream in outputs.items()]
    body.append(_design(hardware.name, inputs, outputs))
    listed = ",\n".join(f"  {port}" for port in ports)
    return f"""\
// {hardware.name} with AXI-Stream ports. Each value of a word lies in whole bytes, extended by its sign.
module {axi_name(hardware)} (
{listed}
);
{indent(chr(10).join(body), "  ")}
endmodule
"""


def _slave(name: str, stream: Stream) -> list[str]:
    return [
        f"input  wire s_axis_{name}_tvalid",
        f"output wire s_axis_{name}_tready",
        f"input  wire [{padded_bits(stream) - 1}:0] s_axis_{name}_tdata",
    ]


def _master(name: str, stream: Stream) -> list[str]:
    return [
        f"output wire m_axis_{name}_tvalid",
        f"input  wire m_axis_{name}_tready",
        f"output wire m_axis_{name}_tlast",
        f"output wire [{padded_bits(stream) - 1}:0] m_axis_{name}_tdata",
    ]


def _output(name: str, stream: Stream) -> str:
    bits, port = counter_bits(stream.words), f"m_axis_{name}"
    return f"""\
wire [{stream.bits - 1}:0] {name}_word;
assign {port}_tdata = {padded(f"{name}_word", stream)};
reg [{bits - 1}:0] {name}_index;
assign {port}_tlast = {name}_index == {bits}'d{stream.words - 1};
always @(posedge aclk)
  if (~aresetn) {name}_index <= {bits}'d0;
  else if ({port}_tvalid & {port}_tready) {name}_index <= {port}_tlast ? {bits}'d0 : {name}_index + 1'b1;
"""


def _design(name: str, inputs: dict[str, Stream], outputs: dict[str, Stream]) -> str:
    wires = [".clk(aclk)", ".rst(~aresetn)"]
    for port, stream in inputs.items():
        axis = f"s_axis_{port}"
        wires += [f".{port}_valid({axis}_tvalid)", f".{port}_ready({axis}_tready)"]
        wires.append(f".{port}_data({unpadded(f'{axis}_tdata', stream)})")
    for port in outputs:
        axis = f"m_axis_{port}"
        wires += [f".{port}_valid({axis}_tvalid)", f".{port}_ready({axis}_tready)", f".{port}_data({port}_word)"]
    listed = ",\n".join(f"  {wire}" for wire in wires)
    return f"{name} design_i (\n{listed}\n);"
