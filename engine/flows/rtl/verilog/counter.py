"""Counters that begin anew."""

from engine.flows.rtl.verilog.module import counter_bits


def counter(name: str, count: int, enable: str) -> str:
    """A variable that counts to `count` - 1 with each cycle in which `enable` holds, and NAME_is_last."""
    bits = counter_bits(count)
    return f"""\
reg [{bits - 1}:0] {name};
wire {name}_is_last = {name} == {bits}'d{count - 1};
always @(posedge clk)
  if (rst) {name} <= {bits}'d0;
  else if ({enable}) {name} <= {name}_is_last ? {bits}'d0 : {name} + 1'b1;"""
