"""Pooling: over windows, and over the whole picture."""

from math import prod

from engine.emulate.exact.pooling import GlobalPool, Pool
from engine.emulate.exact.products import Window
from engine.flows.rtl.block import Block
from engine.flows.rtl.blocks.apart import Apart
from engine.flows.rtl.blocks.overlapping import Overlapping
from engine.flows.rtl.blocks.reduction import Reduction
from engine.flows.rtl.blocks.sliding import Sliding
from engine.flows.rtl.blocks.windowed import by_channel, interval
from engine.flows.rtl.pace import lanes
from engine.flows.rtl.site import Site
from engine.flows.rtl.verilog.module import module
from engine.flows.rtl.word import Stream
from engine.precision import FixedType


def pool(site: Site, operation: Pool) -> Block:
    """The module of a pooling over windows."""
    sliding = Sliding.of(site.shape, operation.window)
    counts = {down * right for down in sliding.extents(0) for right in sliding.extents(1)}
    if operation.mode == "average" and not operation.streamed and len(counts) > 1:
        raise site.refused(
            "With io_parallel, means at an edge are over fewer values, which the open flow cannot divide by yet.",
            "Use io_stream, or a window and a padding with which no window reaches over an edge.",
        )
    count = sliding.taps if operation.streamed else counts.pop()
    return _block(site, operation, sliding, count, _fill(operation))


def global_pool(site: Site, operation: GlobalPool) -> Block:
    """The module of a pooling over all pixels: one window as large as the picture."""
    extents = site.shape[:-1]
    return _block(site, operation, Sliding.of(site.shape, Window(extents, extents)), prod(extents), None)


def _fill(operation: Pool) -> int | None:
    """What stands beyond the edges of a maximum, the highest bit alone, where it is not the lowest of all values."""
    source = operation.source
    return None if source.signed or operation.mode == "average" else 1 << (source.width - 1)


def _block(site: Site, operation: Pool | GlobalPool, sliding: Sliding, count: int, fill: int | None) -> Block:
    apart = all(stride >= size for stride, size in zip(sliding.strides, sliding.size, strict=True))
    apart = apart and (sliding.is_whole or fill is None)
    pixels = sliding.lines * sliding.columns
    reads = pixels if apart else sliding.count * sliding.taps
    at_once = lanes(sliding.channels, max(site.cycles // reads, 1))
    words = sliding.channels // at_once
    source = Stream(pixels * words, at_once, site.source)
    target = Stream(sliding.count * words, at_once, site.result)
    front: Apart | Overlapping = Apart(sliding, source, words)
    if not apart:
        front = Overlapping(by_channel(sliding, source, words, False, fill or _lowest(site.source)))
    reduction = Reduction(source, target, operation.mode, operation.accum, operation.streamed, count, site.finish)
    if not reduction.any_order and isinstance(operation, Pool) and operation.streamed:
        raise site.refused(
            f"Its sums can leave the range of {operation.accum}, and then the order of additions decides.",
            "Give the accumulator more bits in front of the point, or let it wrap.",
        )
    about = _about(site, operation, sliding, source, target)
    return Block(
        site.unit.name,
        site.module,
        site.unit.layers,
        site.unit.sources,
        (source,),
        target,
        module(site.module, about, {"s": source}, target, _body(front, reduction)),
        (),
        lambda arrivals: front.ends(arrivals[0]) + reduction.delay,
        interval(front.ends, source.words),
        meets=lambda arrivals: [front.takes(arrivals[0])],
        needs=(lambda arrivals: [front.needs(arrivals[0])]) if isinstance(front, Overlapping) else None,
    )


def _lowest(type_: FixedType) -> int:
    """The bits of what no maximum is."""
    return 1 << (type_.width - 1) if type_.signed else 0


def _body(front: Apart | Overlapping, reduction: Reduction) -> str:
    return f"""\
wire moves = ~m_valid | m_ready;  // all wait while a result waits
wire there;
wire takes = moves & there;

{front.verilog(reduction.bits)}

{reduction.verilog()}"""


def _about(site: Site, operation: Pool | GlobalPool, sliding: Sliding, source: Stream, target: Stream) -> list[str]:
    lines, columns = sliding.positions
    size = " × ".join(str(each) for each in sliding.size)
    picture = f"{sliding.lines} × {sliding.columns} × {sliding.channels}"
    return [
        f"{site.module}: {operation.mode} of windows of {size}, {picture} → {lines} × {columns} × {sliding.channels}.",
        f"In: {source.type}, out: {target.type}, {source.lanes} a word.",
    ]
