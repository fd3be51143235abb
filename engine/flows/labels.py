"""What each flow is called, by its id, the usual one first: known without loading any of them."""

from engine.flows.hls4ml.backends import BACKENDS

OPEN_FLOW = "rtl"
"""The studio's own Verilog: hls4ml's arithmetic as Vitis has it, and every layer folded by its reuse factor."""
FINN = "finn"

LABELS = {backend.flow: f"hls4ml · {backend.label}" for backend in BACKENDS.values()} | {
    OPEN_FLOW: "Open flow · Yosys",
    FINN: "FINN · dataflow",
}
