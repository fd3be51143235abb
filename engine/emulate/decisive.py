"""What of a design decides the numbers that its emulation gives; the rest only decides size and speed."""

from math import prod

from engine.design import REUSE_FACTOR, Design, Settings
from engine.network import Layer
from engine.network.kinds import Conv1D, Conv2D, Dense
from engine.precision import FixedType, Overflow


def decides_numbers(design: Design) -> tuple[object, ...]:
    """The same for designs that compute the same: board, clock and FIFOs do not count, reuse factors hardly ever.

    A reuse factor decides in which order products are added. That matters where a sum may saturate, and where
    hls4ml's kernels do not visit every product once.
    """
    every = (design.defaults, *(settings for _, settings in (*design.kinds, *design.layers)))
    saturates = any(_saturates(settings) for settings in every)
    orders = tuple(_order(design, layer, saturates) for layer in design.network.layers)
    target = design.target
    kinds, layers = _without_reuse(design.kinds), _without_reuse(design.layers)
    return design.network, target.flow, target.io_type, design.defaults.with_(REUSE_FACTOR, None), kinds, layers, orders


def _order(design: Design, layer: Layer, saturates: bool) -> object:
    """The reuse factor where it may decide numbers; 1 else."""
    if not layer.weights:
        return 1
    chosen = (design.of_layer(layer.name), design.of_kind(layer.op.KIND), design.defaults)
    factor = next((found for each in chosen if (found := each.get(REUSE_FACTOR)) is not None), 1)
    kernel = dict(layer.weights).get("kernel")
    if saturates or kernel is None or not isinstance(factor, int) or not isinstance(layer.op, Dense | Conv1D | Conv2D):
        return factor
    sums = max(prod(kernel.shape[:-1]), 1)
    whole_sums = isinstance(layer.op, Dense) and factor % sums == 0
    return 1 if sums % max(factor, 1) == 0 or whole_sums else factor


def _saturates(settings: Settings) -> bool:
    """Whether a type is among these that sums may have and that does not wrap."""
    return any(
        isinstance(value, FixedType) and value.overflow is not Overflow.WRAP
        for key, value in settings.items
        if key.endswith("accum") or key == "precision"
    )


def _without_reuse(named: tuple[tuple[str, Settings], ...]) -> tuple[tuple[str, Settings], ...]:
    kept = ((name, settings.with_(REUSE_FACTOR, None)) for name, settings in named)
    return tuple((name, settings) for name, settings in kept if settings)
