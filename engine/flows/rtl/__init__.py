"""The open flow: Verilog of our own for a design, with precision and reuse factor layer by layer."""
