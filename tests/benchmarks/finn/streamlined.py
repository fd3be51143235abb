"""Streamlined networks beside the float ones with their quantisers: results that differ on a thousand vectors."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from engine.boards import board
from engine.design import Design
from engine.emulate.float_forward import forward
from engine.flows.finn.streamline.model import Streamlined
from engine.network import TensorStore
from engine.scoreboard.finn_designs import cnv_w1a1, kws_w3a3
from tests.benchmarks._table import Row
from tests.engine.flows.finn.test_streamline import trained

VECTORS, _STEP = 1_000, 20


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    pynq = board("pynq-z2")
    with TemporaryDirectory() as folder:
        store = TensorStore(Path(folder))
        return [_row("KWS-W3A3", kws_w3a3(pynq), store), _row("CNV-W1A1", cnv_w1a1(pynq), store)]


def _row(title: str, design: Design, store: TensorStore) -> Row:
    """With made-up weights: values of all layers that are not the same, bit for bit."""
    design = replace(design, network=trained(design.network, store))
    model, network = Streamlined(design, store), design.network
    random, different = np.random.default_rng(7), 0
    for _ in range(VECTORS // _STEP):
        data = {name: random.normal(0, 1, (_STEP, *(network.shapes[name] or ()))) for name in network.inputs}
        expected, found = forward(network, store, model.entered(data)), model.values(data)
        different += sum(int((found[name] != expected[name]).sum()) for name in network.order)
    return f"{title}, {VECTORS:,} vectors: values that differ", float(different), "", 0.0
