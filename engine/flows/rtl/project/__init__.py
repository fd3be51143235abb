"""A design's Verilog as a folder that needs no studio: modules, testbench, constraints, and scripts that build it."""
