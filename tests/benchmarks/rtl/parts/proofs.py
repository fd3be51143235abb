"""Designs whose Verilog is run on frames, and what is shown of it as rows."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.design import REUSE_FACTOR, Design, set_on_layers
from engine.emulate.data import Samples
from engine.emulate.exact.products import Sum
from engine.emulate.exact.stage import Specification
from engine.flows.hls4ml.exact.lower import Lowering
from engine.flows.hls4ml.rules import folds, legal_reuse_factors
from engine.flows.rtl.build import Hardware, build
from engine.flows.rtl.frames import made_up
from engine.flows.rtl.plan import plan
from engine.flows.rtl.proof import prove
from engine.flows.rtl.timeline import timeline
from engine.network import TensorStore
from tests.benchmarks._table import Row

_PERCENT = 2.0


def folded(design: Design) -> Design:
    """The design with one input of each matrix at a time: as many products at once as there are outputs."""
    for layer in design.network.layers:
        found = folds(layer.op, design.network.input_shapes(layer.name) or ())
        if found:
            factors = [set(legal_reuse_factors(fold.n_in, fold.n_out)) for fold in found]
            asked = found[0].n_in
            factor = asked if all(asked in each for each in factors) else 1
            design = set_on_layers(design, (layer.name,), REUSE_FACTOR, factor)
    return design


def tapped(specification: Specification) -> Specification:
    """The same with every module's result as an output."""
    units = plan(specification).units
    return replace(specification, outputs={unit.layers[-1]: unit.name for unit in units if unit.layers})


def proved(name: str, specification: Specification, folder: Path, frames: int) -> list[Row]:
    """The Verilog against the golden model, its cycles against those foretold, its multipliers against the sizes."""
    hardware = build(specification, "dut")
    foretold, expected = timeline(hardware), made_up(specification, frames)
    proof = prove(hardware, expected, foretold, folder)
    off = 100 * abs(proof.latency - foretold.latency) / foretold.latency
    return [
        (f"{name}: of {proof.values:,} values of {frames} frames, wrong", sum(proof.wrong.values()), "", 0),
        (f"{name}: latency", proof.latency, "cycles", None),
        (f"{name}: how far the latency foretold is off", off, "%", _PERCENT),
        (f"{name}: interval", proof.interval, "cycles", foretold.interval),
        _multipliers(name, specification, hardware),
    ]


def _multipliers(name: str, specification: Specification, hardware: Hardware) -> Row:
    """Products at once, beside n_in * n_out / R of all matrices."""
    units = [unit.head for unit in plan(specification).units]
    sums = [
        (stage, block)
        for stage, block in zip(units, hardware.blocks, strict=True)
        if isinstance(stage.operation, Sum) and block.multipliers
    ]
    asked = sum(stage.operation.weights.codes.size / stage.reuse_factors[0] for stage, _ in sums)
    found = sum(block.multipliers for _, block in sums)
    return (f"{name}: products at once, of matrices that are folded", found, "", asked)


def against_compiled(name: str, design: Design, store: TensorStore, folder: Path, count: int) -> Row:
    """The golden model against hls4ml's compiled C++, on every layer; the Verilog is held against the golden model."""
    from tests.engine.flows.hls4ml.bit_exact import compiled, mismatches

    specification = Lowering(store).lower(design)
    frames = made_up(specification, count)
    layers = specification.entries.items()
    fractions = {layer: specification.by_name[entry].result.fraction for layer, entry in layers}
    values = {layer: np.ldexp(codes.astype(float), -fractions[layer]) for layer, codes in frames.inputs.items()}
    wrong = mismatches(design, store, compiled(design, store, folder), Samples(values))
    return (f"{name}: values of the golden model that hls4ml's C++ has not", sum(wrong.values()), "", 0)
