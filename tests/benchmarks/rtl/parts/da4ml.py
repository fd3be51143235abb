"""The same network through da4ml: dense layers and quantised ReLUs as its traced, shared, pipelined adders.

da4ml is not installed here; CODESIGN_DA4ML names a folder that has it, with its package `quantizers`.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.emulate.exact.activations import Clip
from engine.emulate.exact.products import Sum
from engine.emulate.exact.stage import Specification
from engine.flows.rtl.synthesis import Source
from engine.precision import FixedType

VARIABLE = "CODESIGN_DA4ML"
_UNITS_A_STAGE = 5
"""Adders one behind the other between registers."""


@dataclass(frozen=True)
class Traced:
    """da4ml's circuit."""

    circuit: Any

    def predict(self, inputs: np.ndarray) -> np.ndarray:
        """What its own interpreter computes, (samples, outputs)."""
        return np.asarray(self.circuit.predict(inputs))

    def sources(self, folder: Path) -> list[Source]:
        """Its Verilog; the top is called `dut`. Its table module reads a file that there is not: it is left out."""
        from da4ml.codegen.rtl.rtl_model import RTLModel

        RTLModel(self.circuit, "dut", folder, latency_cutoff=_UNITS_A_STAGE, print_latency=False).write()
        files = sorted([*folder.glob("src/*.v"), *folder.glob("src/static/*.v")])
        left_out = {"lookup_table.v", "dut_wrapper.v"}
        return [Source(file.name, file.read_text("utf-8")) for file in files if file.name not in left_out]


def is_there() -> bool:
    """Whether da4ml can be used."""
    return bool(os.environ.get(VARIABLE))


def traced(specification: Specification) -> Traced:
    """A chain of dense layers and ReLUs."""
    if os.environ[VARIABLE] not in sys.path:
        sys.path.append(os.environ[VARIABLE])
    from da4ml.trace import FixedVariableArrayInput, HWConfig, comb_trace

    entry, *stages = specification.stages
    type_ = entry.result
    inputs = FixedVariableArrayInput(entry.shape, hwconf=HWConfig(1, -1, _UNITS_A_STAGE))
    values = inputs.quantize(
        np.full(entry.shape, int(type_.signed)),
        np.full(entry.shape, type_.width - type_.fraction - type_.signed),
        np.full(entry.shape, type_.fraction),
    )
    for stage in stages:
        if isinstance(stage.operation, Sum):
            values = _dense(values, stage.operation)
        elif isinstance(stage.operation, Clip):
            values = _relu(values, stage.result)
        else:
            raise TypeError(f"da4ml is not told of {type(stage.operation).__name__}")
    return Traced(comb_trace(inputs, values))


def _dense(values: Any, operation: Sum) -> Any:
    """Sums that neither round nor wrap."""
    weights, bias = (np.ldexp(each.codes.astype(float), -each.fraction) for each in (operation.weights, operation.bias))
    return values @ weights + bias


def _relu(values: Any, result: FixedType) -> Any:
    """ReLU into an unsigned type with AP_RND_CONV and AP_SAT; da4ml itself rounds halves up only."""
    from da4ml.trace import FixedVariableArray

    rounded = [_half_to_even(value.relu(), result.fraction) for value in values.reshape(-1)]
    kept = [each.quantize(0, result.width - result.fraction, result.fraction, "SAT", "TRN") for each in rounded]
    return FixedVariableArray(np.array(kept), values.solver_options, hwconf=values.hwconf)


def _half_to_even(value: Any, fraction: int) -> Any:
    """What truncates to the nearest, halves to even: less than half a step is added, and the rest where it is odd."""
    finest = value.kif[2]
    if finest <= fraction:
        return value
    odd = value.quantize(0, 1 - fraction, fraction)
    return value + (2.0 ** -(fraction + 1) - 2.0**-finest) + odd * 2.0 ** (fraction - finest)
