"""What a network's first design is: hls4ml's own defaults wherever its tools would accept them."""

from engine.boards import Board
from engine.design import STRATEGY, Design, Settings, Target
from engine.network import Network
from engine.network.counts import layer_counts
from engine.network.op import Shape

_UNROLL_LIMIT = 4096
"""Products beyond which the tool refuses to unroll, see engine.flows.hls4ml.rules."""


def starting_design(name: str, network: Network, board: Board) -> Design:
    """A design at the board's usual clock; pictures stream, large layers share multipliers."""
    io_type = "io_stream" if any(_is_picture(shape) for shape in network.shapes.values()) else "io_parallel"
    strategy = "resource" if _largest_kernel(network) > _UNROLL_LIMIT else "latency"
    defaults = Settings(((STRATEGY, strategy),))
    return Design(name, network, Target(board, board.clock_ns, "vitis", io_type), defaults)


def _is_picture(shape: Shape | None) -> bool:
    return shape is not None and len(shape) == 3


def _largest_kernel(network: Network) -> int:
    return max((layer_counts(network, layer.name).parameters for layer in network.layers), default=0)
