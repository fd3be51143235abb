"""What modules will take before Yosys has mapped them: read off their Verilog."""
