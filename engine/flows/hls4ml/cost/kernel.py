"""The matrix products themselves, as hls4ml's Latency and Resource kernels build them, without what surrounds them."""

from engine.flows.hls4ml.cost.digits import Digits
from engine.flows.hls4ml.cost.latency_kernel import latency_kernel, unfolded_kernel
from engine.flows.hls4ml.cost.products import Bits, Kernel
from engine.flows.hls4ml.cost.resource_kernel import resource_kernel
from engine.flows.hls4ml.cost.site import Site
from engine.flows.hls4ml.hardware import Folded
from engine.flows.hls4ml.rules import Strategy


def kernel(folded: Folded, bits: Bits, digits: Digits, site: Site, *, rewinds: bool = True) -> Kernel:
    """The products of a layer as the strategy in force builds them.

    `rewinds`: whether Resource's loop over the products begins anew without a pause, for which it keeps its inputs.
    """
    if folded.strategy in (Strategy.LATENCY, Strategy.DISTRIBUTED):
        return latency_kernel(folded, bits, digits, site)
    if folded.reuse_factor == 1:
        return unfolded_kernel(folded, bits, digits, site)
    return resource_kernel(folded, bits, site, rewinds=rewinds)
