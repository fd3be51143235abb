"""Sums of products: dense layers and all convolutions."""

from engine.emulate.exact.products import Sum
from engine.flows.rtl.block import Block
from engine.flows.rtl.blocks.convolution import convolution, depthwise
from engine.flows.rtl.blocks.dense import dense
from engine.flows.rtl.blocks.places import zeros_around
from engine.flows.rtl.blocks.sliding import NO_EDGES, Sliding
from engine.flows.rtl.site import Site


def sums(site: Site, operation: Sum) -> Block:
    """The module that makes them."""
    if operation.window is None:
        return dense(site, operation)
    padding = site.unit.padding
    sliding = Sliding.of(site.shape, operation.window, (padding and zeros_around(padding)) or NO_EDGES)
    if operation.each_channel:
        return depthwise(site, operation, sliding)
    is_pointwise = sliding.taps == 1 and sliding.strides == (1, 1) and sliding.edges == NO_EDGES
    return dense(site, operation) if is_pointwise else convolution(site, operation, sliding)
