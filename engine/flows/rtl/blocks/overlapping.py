"""Windows that overlap: their values are read one by one out of a memory of lines."""

from dataclasses import dataclass

from engine.flows.rtl.block import Times
from engine.flows.rtl.blocks.lines import Lines


@dataclass(frozen=True, slots=True, eq=False)
class Overlapping:
    """The front of a reduction: `lines` reads a window's values of some channels, then those of the next."""

    lines: Lines

    def ends(self, arrivals: Times) -> Times:
        """When the last value of each window is taken."""
        return self.lines.ends(arrivals)

    def takes(self, arrivals: Times) -> Times:
        """When each word is taken."""
        return self.lines.takes(arrivals)

    def needs(self, arrivals: Times) -> Times:
        """When each word must be taken at the latest."""
        return self.lines.needs(arrivals)

    def verilog(self, bits: int) -> str:
        """The memory of lines; what was made a cycle ago is what was before."""
        taps = [loop.name for loop in self.lines.nest.loops[-2:] if loop.count > 1]
        firsts = " & ".join(f"({name} == 0)" for name in taps) or "1'b1"
        lasts = " & ".join(f"{name}_is_last" for name in taps) or "1'b1"
        return f"""\
{self.lines.verilog()}
reg taken, first, last;
always @(posedge clk) if (rst) taken <= 1'b0; else if (moves) taken <= takes;
always @(posedge clk)
  if (moves) begin
    first <= {firsts};
    last <= {lasts};
  end
wire [{bits - 1}:0] now, reduced;
wire [{bits - 1}:0] held = reduced;"""
