"""The two designs built with hls4ml, as submitted: layers, types and reuse factors; untrained.

Source: github.com/mlcommons/tiny_results_v0.7, open/hls4ml-finn/code: training scripts and conversion settings. The
ReLUs of RN07 were merged into the layers in front, which changes no value and saves a stage each; here they stand.
"""

from engine.boards import Board
from engine.design import REUSE_FACTOR, STRATEGY, Design, Settings, Target
from engine.flows.hls4ml.backends import ACCELERATOR_BOARDS
from engine.network.kinds import Activation, Conv2D, Dense, Flatten
from engine.precision import FixedType, Overflow, Rounding
from engine.scoreboard.chain import Chain

AD08, RN07 = "ad08", "rn07"

_AD_UNITS = (72, 72, 8, 72, 72)
_AD_REUSE, _AD_LATENT_REUSE = 144, 8
_AD_WEIGHT, _AD_LAST, _AD_SUM = FixedType(13, 7), FixedType(13, 1), FixedType(16, 8)
_AD_RESULT = FixedType(7, 6, signed=False)

_RN_CONVS = ((1, 32, 1), (4, 4, 1), (4, 32, 1), (4, 32, 4), (4, 32, 1))
"""Kernel, filters and stride."""
_RN_REUSE = 16384
_RN_WEIGHT, _RN_SUM, _RN_RESULT = FixedType(8, 3), FixedType(17, 7), FixedType(12, 7)
_RN_STEP = FixedType(9, 3, rounding=Rounding.RND, overflow=Overflow.SAT)


def ad08(board: Board, clock_ns: float = 10.0) -> Design:
    """64 values of a machine's spectrum, encoded and decoded again."""
    chain = Chain((64,), FixedType(8, 8))
    for units in _AD_UNITS:
        reuse = _AD_LATENT_REUSE if units < min(_AD_UNITS[0], _AD_UNITS[-1]) else _AD_REUSE
        name = chain.add("fc", Dense(units=units))
        chain.settle(name, weight=_AD_WEIGHT, bias=_AD_WEIGHT, accum=_AD_SUM, reuse_factor=reuse)
        chain.settle(chain.add("relu", Activation()), result=_AD_RESULT)
    name = chain.add("fc", Dense(units=64))
    chain.settle(name, weight=_AD_LAST, bias=_AD_LAST, accum=_AD_SUM, reuse_factor=_AD_REUSE)
    return chain.design(AD08, _target(board, clock_ns), _shared(_AD_REUSE))


def rn07(board: Board, clock_ns: float = 10.0) -> Design:
    """Pictures of 32×32×3 in ten classes."""
    chain = Chain((32, 32, 3), FixedType(8, 0, signed=False))
    for kernel, filters, stride in _RN_CONVS:
        op = Conv2D(filters=filters, kernel=(kernel, kernel), strides=(stride, stride), padding="same")
        chain.settle(chain.add("conv", op), weight=_RN_WEIGHT, bias=_RN_WEIGHT, accum=_RN_SUM, result=_RN_RESULT)
        chain.settle(chain.add("relu", Activation()), result=_RN_STEP)
    chain.add("flatten", Flatten())
    name = chain.add("fc", Dense(units=10))
    chain.settle(name, weight=_RN_WEIGHT, bias=_RN_WEIGHT, accum=_RN_SUM, result=_RN_RESULT)
    return chain.design(RN07, _target(board, clock_ns), _shared(_RN_REUSE))


def _target(board: Board, clock_ns: float) -> Target:
    """With hls4ml's shell around it where it has one for the board."""
    flow = "vivado_accelerator" if board.id in ACCELERATOR_BOARDS else "vivado"
    return Target(board, clock_ns, flow, "io_stream")


def _shared(reuse_factor: int) -> Settings:
    return Settings(((REUSE_FACTOR, reuse_factor), (STRATEGY, "resource")))
