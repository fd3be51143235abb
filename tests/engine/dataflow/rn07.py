"""RN07 of MLPerf Tiny as its team built it for a Pynq-Z2, and the FIFO occupancies of their co-simulations."""

import json
from dataclasses import replace

from engine.boards import board
from engine.dataflow import Streams
from engine.design import REUSE_FACTOR, STRATEGY, Design, Target, set_default, set_on_layers
from engine.flows.registry import flow
from engine.network import TensorStore
from engine.network.edits import remove_layers
from engine.readers.read import read_model
from tests.samples import SHARED

MODELS = SHARED / "models/mlperf_tiny"
CONVS = tuple(f"q_conv2d_batchnorm{end}" for end in ("_1", "_2", "_3", "_4"))
RUNS = {
    "rn07_max_depth_rf16384.json": (2048, 2048, 16384, 16384),
    "rn07_max_depth_rf8192.json": (2048, 2048, 8192, 8192),
    "rn07_max_depth_rf512-16384.json": (512, 512, 512, 4096),
}
"""Reuse factors of the four windowed convolutions in each co-simulation."""


def rn07(store: TensorStore, reuse_factors: tuple[int, ...]) -> Design:
    """`MergedRelu: 1` and `RemoveSoftmax: 1` of its configuration: activations are no layers of their own."""
    network = read_model(MODELS / "rn07.h5", store).network
    network = remove_layers(network, [n for n in network.order if network[n].op.KIND in ("activation", "softmax")])
    design = Design("rn07", network, Target(board("pynq-z2"), 10.0, "vivado_accelerator", "io_stream"))
    design = set_default(set_default(design, STRATEGY, "resource"), REUSE_FACTOR, 16384)
    for name, factor in zip(CONVS, reuse_factors, strict=True):
        design = set_on_layers(design, (name,), REUSE_FACTOR, factor)
    return design


def loaded_first(streams: Streams) -> Streams:
    """`Interface: axi_master`: a shell without DATAFLOW copies the whole image before it calls the design."""
    source, first = streams.processes[0], streams.fifos[0]
    words = len(source.schedule.gaps)
    # All words at the end of the time that they take, each readable once the last one is there.
    gaps = (sum(source.schedule.gaps) - words + 1, *[1] * (words - 1))
    source = replace(source, schedule=replace(source.schedule, gaps=gaps))
    fifos = (replace(first, latency=words), *streams.fifos[1:])
    return Streams((source, *streams.processes[1:]), fifos)


def streams_of(design: Design) -> Streams:
    """The design as its flow lets it be simulated."""
    return loaded_first(flow(design.target.flow).streams(design))


def published(file: str) -> list[int]:
    """Occupancies in the order of the network, without the FIFO behind it; a padding of no zeros is left out.

    Where hls4ml of the time built a padding layer without zeros, its FIFO stands for the one in front of it too.
    """
    entries = {each["name"]: each["max"] for each in json.loads((MODELS / file).read_text())}
    names = [name for name in entries if name.startswith("layer")]
    inner = [entries[name] for name in names]
    if len(inner) == 9:
        del inner[4]
    return [entries["in_local_V_data_0_V_fifo_U"], *inner]
