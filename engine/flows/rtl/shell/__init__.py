"""What stands around a design where it meets the outside: a serial line, or AXI-Stream."""
