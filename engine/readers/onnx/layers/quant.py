"""Quantisers."""

from dataclasses import replace

import numpy as np

from engine.design.settings import RESULT
from engine.precision import FixedType
from engine.readers.onnx.grids import Grid, on_grid, read_grid, rounding_mode, single
from engine.readers.onnx.layers.registry import reads
from engine.readers.onnx.quantising import own_layer, quantised
from engine.readers.onnx.scaling import applied
from engine.readers.onnx.site import RefusedError, Site
from engine.readers.onnx.values import Constant, Flow, Value, exponent, is_power_of_two


@reads("Quant", "IntQuant", "BipolarQuant")
def _quant(site: Site) -> Value:
    grid, value = read_grid(site), site.value(0)
    if isinstance(value, Constant):
        return on_grid(site, value, grid)
    return quantised(site, site.flow(), grid)


@reads("Trunc")
def _trunc(site: Site) -> Flow:
    """Version 1 drops bits and keeps the scale, so that values shrink; version 2 states the scale behind."""
    scale, zero = single(site, 1, "scale"), single(site, 2, "zero point")
    bits_in, bits_out = (int(single(site, port, "bit width")) for port in (3, 5 if len(site.node.inputs) > 5 else 4))
    if not (scale > 0 and 1 <= bits_out <= bits_in <= 64):
        raise site.damaged("Its scale or its bit widths are damaged")
    if zero != 0:
        raise RefusedError("a zero point of truncated values is not supported", "Use symmetric quantisers.")
    if len(site.node.inputs) > 5:
        behind = np.asarray(single(site, 4, "scale behind"), np.float32)
        if not behind > 0:
            raise site.damaged("Its scale behind is not above zero")
        signed, narrow = site.flag("signed", True), site.flag("narrow", False)
        return quantised(site, site.flow(), Grid(behind, 0.0, bits_out, signed, narrow, rounding_mode(site, "FLOOR")))
    return _dropped(site, scale, bits_in - bits_out, bits_out)


def _dropped(site: Site, scale: float, dropped: int, kept: int) -> Flow:
    flow = site.flow()
    if not flow.proportional or not is_power_of_two(scale * 2.0**dropped / float(flow.scale)):
        flow = applied(site, flow, scale)
    step = scale * 2.0**dropped / float(flow.scale)
    mode = Grid(np.asarray(step), 0.0, kept, True, False, rounding_mode(site, "FLOOR")).mode
    # The file does not say whether there are negative numbers: one bit more holds both.
    type_ = FixedType(kept + 1, kept + 1 + exponent(step), rounding=mode)
    found = own_layer(site, flow, type_)
    site.draft.choose(found.layer, RESULT, type_)
    return replace(found, scale=flow.scale / 2.0**dropped)
