"""hls4ml's rules of folding and parallelism in closed form, quick enough to ask in every frame.

Source: hls4ml 1.3, `backends/fpga/fpga_backend.py` (reuse factors, partition splits) and
`backends/vivado/vivado_backend.py` (what each strategy forces). The conformance tests hold both against it.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from math import ceil, prod

from engine.flows.factors import divisors, nearest
from engine.network import Op, Shape
from engine.network.kinds import (
    GRU,
    LSTM,
    Conv1D,
    Conv2D,
    Dense,
    DepthwiseConv1D,
    DepthwiseConv2D,
    SeparableConv1D,
    SeparableConv2D,
    SimpleRNN,
)

PRODUCT_LIMIT = 4096
"""Products that one loop may hold unrolled, and elements of one partitioned array: hls4ml's `MaximumSize`."""


class Strategy(StrEnum):
    """How a layer's products become hardware; the values are hls4ml's words."""

    LATENCY = "latency"
    RESOURCE = "resource"
    UNROLLED = "resource_unrolled"
    DISTRIBUTED = "distributed_arithmetic"


class Family(StrEnum):
    """The kernels of hls4ml that fold products, each with its own rules."""

    DENSE = "dense"
    CONV = "conv"
    DEPTHWISE = "depthwise"
    RECURRENT = "recurrent"


@dataclass(frozen=True, slots=True)
class Fold:
    """Products that a reuse factor folds: a matrix of `n_in` inputs for each of `n_out` outputs."""

    family: Family
    n_in: int
    n_out: int

    @property
    def products(self) -> int:
        """How many products there are. hls4ml counts a depthwise window as if each channel saw all others."""
        return self.n_in if self.family is Family.DEPTHWISE else self.n_in * self.n_out

    def multipliers(self, reuse_factor: int) -> int:
        """How many multipliers work at the same time: ceil(products / RF)."""
        return ceil(self.products / reuse_factor)


def chained_cycles(fold: Fold) -> int:
    """Cycles of a sum unrolled past the limit, which the tools build as a chain: four products a cycle (three reports
    of 196 inputs: 48). 0 where a tree is built."""
    return ceil(fold.n_in / 4) if fold.products > PRODUCT_LIMIT else 0


@lru_cache(maxsize=4096)
def folds(op: Op, inputs: tuple[Shape, ...]) -> tuple[Fold, ...]:
    """What a layer folds, in the order in which hls4ml builds it; empty for kinds that a reuse factor leaves alone.

    Separable convolutions are built in two halves, recurrent layers multiply the input, then the state.
    """
    channels = inputs[0][-1] if inputs and inputs[0] else 0
    match op:
        case Dense():
            return (Fold(Family.DENSE if len(inputs[0]) == 1 else Family.CONV, channels, op.units),)
        case SeparableConv1D() | SeparableConv2D():
            middle = channels * op.depth_multiplier
            depthwise = Fold(Family.DEPTHWISE, prod(op.kernel) * channels, middle)
            return (depthwise, Fold(Family.CONV, middle, op.filters))
        case Conv1D() | Conv2D():
            return (Fold(Family.CONV, prod(op.kernel) * channels, op.filters),)
        case DepthwiseConv1D() | DepthwiseConv2D():
            return (Fold(Family.DEPTHWISE, prod(op.kernel) * channels, channels * op.depth_multiplier),)
        case LSTM() | GRU() | SimpleRNN():
            width = op.GATES * op.units
            return (Fold(Family.RECURRENT, channels, width), Fold(Family.RECURRENT, op.units, width))
        case _:
            return ()


@lru_cache(maxsize=4096)
def legal_reuse_factors(n_in: int, n_out: int) -> tuple[int, ...]:
    """Reuse factors that hls4ml builds as asked with the Resource strategy, ascending.

    Its three conditions reduce to: the divisors of n_in, and n_in times the divisors of n_out.
    """
    return tuple(sorted({*divisors(n_in), *(n_in * each for each in divisors(n_out))}))


@lru_cache(maxsize=4096)
def free_reuse_factors(n_in: int, n_out: int) -> tuple[int, ...]:
    """Reuse factors offered with the Latency strategy, where hls4ml takes any: 1 to 64, and all even shares."""
    products = n_in * n_out
    return tuple(sorted({*range(1, min(64, products) + 1), *divisors(products)}))


def built_strategy(fold: Fold, io_type: str, asked: str, reuse_factor: int) -> Strategy:
    """The strategy that hls4ml builds when `asked` is chosen; it replaces some with no more than a warning."""
    if asked == Strategy.UNROLLED:
        if fold.family is Family.DEPTHWISE:
            return Strategy.LATENCY
        parallel_conv = fold.family is Family.CONV and io_type == "io_parallel"
        return Strategy.RESOURCE if reuse_factor == 1 or parallel_conv else Strategy.UNROLLED
    if asked == Strategy.DISTRIBUTED and fold.family in (Family.DEPTHWISE, Family.RECURRENT):
        return Strategy.LATENCY
    return _STRATEGIES[asked]


_STRATEGIES = {strategy.value: strategy for strategy in Strategy}


def built_reuse_factor(fold: Fold, io_type: str, chosen: str, asked: int) -> int:
    """The reuse factor that hls4ml builds when this strategy and this factor are chosen."""
    # A depthwise layer goes through the rule of ordinary convolutions before it loses its strategy.
    ruled = replace(fold, family=Family.CONV) if fold.family is Family.DEPTHWISE else fold
    strategy = built_strategy(ruled, io_type, chosen, asked)
    if strategy is Strategy.RESOURCE:
        return nearest(legal_reuse_factors(fold.n_in, fold.n_out), asked)
    if strategy is Strategy.UNROLLED:
        return nearest(legal_reuse_factors(fold.n_in, fold.n_out)[:-1] or (1,), asked)
    return max(asked, 1)


def reuse_factors(fold: Fold, strategy: Strategy) -> tuple[int, ...]:
    """Reuse factors that are built as asked with a strategy, ascending."""
    if strategy is Strategy.DISTRIBUTED:
        return (1,)
    if strategy is Strategy.LATENCY:
        return free_reuse_factors(fold.n_in, fold.n_out)
    legal = legal_reuse_factors(fold.n_in, fold.n_out)
    return legal if strategy is Strategy.RESOURCE else (legal[1:-1] or legal[:1])


def reuse_factor_off(fold: Fold, strategy: Strategy, reuse_factor: int) -> str:
    """Why a reuse factor that hls4ml takes cannot be synthesised, or ''."""
    count = fold.multipliers(reuse_factor)
    if strategy is Strategy.LATENCY or count <= PRODUCT_LIMIT:
        return ""
    return f"Reuse factor {reuse_factor:,} is off: {count:,} multipliers at once, limit {PRODUCT_LIMIT:,}."


def strategy_off(fold: Fold, io_type: str, strategy: Strategy, *, vitis: bool = False) -> str:
    """Why a layer cannot have a strategy, in plain words, or ''. The limit of products is not Vitis HLS's."""
    parallel = io_type == "io_parallel"
    if strategy is Strategy.DISTRIBUTED:
        return "Distributed is off: distributed arithmetic needs the package da4ml, which the studio does not install."
    if strategy is Strategy.LATENCY and fold.products > PRODUCT_LIMIT and not vitis:
        return f"Latency is off: {fold.products:,} products, limit {PRODUCT_LIMIT:,}."
    if strategy is Strategy.RESOURCE and fold.family is Family.DEPTHWISE and parallel:
        return "Resource is off: hls4ml has no such kernel for depthwise convolutions in io_parallel."
    if strategy is Strategy.UNROLLED and fold.family is Family.DEPTHWISE:
        return "Unrolled is off: hls4ml has no such kernel for depthwise convolutions."
    if strategy is Strategy.UNROLLED and fold.family is Family.CONV and parallel:
        return "Unrolled is off: hls4ml builds Resource instead for convolutions in io_parallel."
    if strategy is Strategy.UNROLLED and len(legal_reuse_factors(fold.n_in, fold.n_out)) < 3:
        return "Unrolled is off: this layer is too small to share multipliers."
    return ""


def parallelisation_factors(pixels: int) -> tuple[int, ...]:
    """How many output pixels of a convolution may be computed at once: the divisors of their number."""
    return divisors(pixels)


def parallel_off(shape: Shape) -> str:
    """Why io_parallel cannot carry a tensor, or ''. Each of its elements becomes a register of its own."""
    elements = prod(shape)
    if elements <= PRODUCT_LIMIT:
        return ""
    return f"io_parallel is off: {elements:,} values side by side, limit {PRODUCT_LIMIT:,}. Use io_stream."
