"""Writing Verilog: numbers, names and the frame of a module."""
