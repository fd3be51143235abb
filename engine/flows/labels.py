"""What each flow is called, by its id, the usual one first: known without loading any of them."""

from engine.flows.hls4ml.backends import BACKENDS

LABELS = {backend.flow: f"hls4ml · {backend.label}" for backend in BACKENDS.values()} | {
    "rtl": "Open flow · Yosys",
    "finn": "FINN · dataflow",
}
