"""FIFOs between the layers of a streamed design."""

from engine.estimate import Quantity
from engine.flows.hls4ml.cost.arithmetic import stream_bram18
from engine.flows.hls4ml.cost.site import Site

_CONTROL_LUT, _CONTROL_FF = 65.0, 145.0
"""What Vitis HLS books for one FIFO and its share of the top level, however wide it is: three reports have 49 to 73
look-up tables and 143 to 147 flip-flops for each of their 15 to 147 FIFOs of 8 to 1,408 bits."""


def fifos(
    width: int, channels: int, depth: int, copies: int, site: Site, made: str = "as hls4ml makes them"
) -> tuple[Quantity, Quantity, Quantity]:
    """LUT, FF and RAMB18 of the FIFOs that carry one tensor, each `depth` words deep; `made`: who says so.

    Vivado HLS builds one for each channel (block counts matched four reports by hand; LUT 20 + 1.6 a bit);
    Vitis HLS packs the channels: the blocks of one report, 332, are exact.
    """
    lanes, bits = (1, width * channels) if site.vitis else (channels, width)
    count, each = lanes * copies, stream_bram18(bits, depth)
    blocks, why = each * count, f"{lanes * copies:,} FIFOs of {depth:,} × {bits:,} bits, {made}."
    deep = 1 if blocks else max(depth / 32, 1)
    lut = _CONTROL_LUT if site.vitis else 20 + 1.6 * bits * deep
    ff = _CONTROL_FF if site.vitis else max(1.65 * bits - 2, 8)
    doubt = site.doubt(0.25, 0.5)
    luts, ffs = site.lut({"FIFOs": count * lut}, doubt, doubt, why), site.ff({"FIFOs": count * ff}, doubt, doubt, why)
    return luts, ffs, Quantity(blocks, 0.9 * blocks, (1.25 if site.vitis else 1.05) * blocks, why)
