"""FIFOs between the layers of a streamed design."""

from engine.estimate import Quantity
from engine.flows.hls4ml.cost.arithmetic import stream_bram18
from engine.flows.hls4ml.cost.site import Site


def fifos(
    width: int, channels: int, depth: int, copies: int, site: Site, made: str = "as hls4ml makes them"
) -> tuple[Quantity, Quantity, Quantity]:
    """LUT, FF and RAMB18 of the FIFOs that carry one tensor, each `depth` words deep; `made`: who says so.

    Vivado HLS builds one for each channel (block counts matched four reports by hand; LUT 20 + 1.6 a bit);
    Vitis HLS packs the channels, which was not measured.
    """
    lanes, bits = (1, width * channels) if site.vitis else (channels, width)
    blocks = stream_bram18(bits, depth) * lanes * copies
    deep = 1 if blocks else max(depth / 32, 1)
    lut = lanes * copies * (20 + 1.6 * bits * deep)
    ff = lanes * copies * max(1.65 * bits - 2, 8)
    why = f"{lanes * copies:,} FIFOs of {depth:,} × {bits:,} bits, {made}."
    doubt = site.doubt(0.25, 0.6)
    least, most = (0.0, 2.0 * blocks) if site.vitis else (0.9 * blocks, 1.05 * blocks)
    luts, ffs = site.lut({"FIFOs": lut}, doubt, doubt, why), site.ff({"FIFOs": ff}, doubt, doubt, why)
    return luts, ffs, Quantity(blocks, least, most, why)
