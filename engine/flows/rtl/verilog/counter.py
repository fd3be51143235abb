"""Counters that begin anew."""

from engine.flows.rtl.verilog.module import counter_bits


def counter_register(name: str, count: int) -> str:
    """A register that counts to `count` - 1, and NAME_is_last."""
    bits = counter_bits(count)
    return f"reg [{bits - 1}:0] {name};\nwire {name}_is_last = {name} == {bits}'d{count - 1};"


def counter(name: str, count: int, enable: str) -> str:
    """The same, which counts on with each cycle in which `enable` holds."""
    bits = counter_bits(count)
    return f"""\
{counter_register(name, count)}
always @(posedge clk)
  if (rst) {name} <= {bits}'d0;
  else if ({enable}) {name} <= {name}_is_last ? {bits}'d0 : {name} + 1'b1;"""
