"""Running generated Verilog, cycle by cycle."""
