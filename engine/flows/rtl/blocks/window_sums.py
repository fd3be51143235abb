"""Convolutions with reuse factor 1: a window every cycle, constants as shared adders."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.flows.rtl.block import Times
from engine.flows.rtl.blocks.shifted import Shifted
from engine.flows.rtl.blocks.unrolled import Unrolled
from engine.flows.rtl.verilog.module import module
from engine.flows.rtl.word import Stream


@dataclass(frozen=True, slots=True, eq=False)
class WindowSums:
    """Two modules in one: the window, whole, and the sums of it."""

    window: Shifted
    sums: Unrolled

    @property
    def target(self) -> Stream:
        """Words that leave."""
        return self.sums.target

    def times(self, arrivals: Times) -> Times:
        """Windows as they are complete, one a cycle at most, and sums behind them."""
        return self.sums.times(self.window.ends(arrivals) + 1)

    def verilog(self, name: str, about: Sequence[str]) -> str:
        """The modules `name_window` and `name_sums`, and the one that joins them."""
        window, sums = f"{name}_window", f"{name}_sums"
        ports = {"s": self.window.source}
        return "\n".join(
            [
                module(window, [f"{window}: a window's values at once."], ports, self.sums.source, self._window()),
                self.sums.verilog(sums, [f"{sums}: sums of a window's values."]),
                module(name, about, ports, self.sums.target, _joined(window, sums, self.sums.source.bits)),
            ]
        )

    def _window(self) -> str:
        return f"""\
reg valid;
assign m_valid = valid;
wire moves = ~valid | m_ready;  // all wait while a window waits
wire there;
wire takes = moves & there;
always @(posedge clk)
  if (rst) valid <= 1'b0;
  else if (moves) valid <= takes;
assign m_data = word;

{self.window.verilog()}"""


def _joined(window: str, sums: str, bits: int) -> str:
    return f"""\
wire window_valid, window_ready;
wire [{bits - 1}:0] window_data;
{window} {window}_i (
  .clk(clk), .rst(rst), .s_valid(s_valid), .s_ready(s_ready), .s_data(s_data),
  .m_valid(window_valid), .m_ready(window_ready), .m_data(window_data)
);
{sums} {sums}_i (
  .clk(clk), .rst(rst), .s_valid(window_valid), .s_ready(window_ready), .s_data(window_data),
  .m_valid(m_valid), .m_ready(m_ready), .m_data(m_data)
);"""
