"""Generators: each makes the Verilog module of one kind of layer."""
