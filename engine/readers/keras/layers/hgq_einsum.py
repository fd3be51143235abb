"""HGQ2's einsums, as far as they are dense layers along one axis, or along all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.network import Op, Shape
from engine.network.kinds import Dense, Flatten, Permute
from engine.readers.errors import ModelFileError
from engine.readers.fields import Fields
from engine.readers.keras.layer import Arrays, KerasLayer, Step, Weights
from engine.readers.keras.layers.activation import fused
from engine.readers.keras.layers.dense import BIAS, KERNEL
from engine.readers.keras.layers.hgq_norm import folded_outputs, statistics
from engine.readers.keras.layers.hgq_parts import between, rounded
from engine.readers.keras.layers.registry import reads
from engine.readers.keras.stored import Slot

_REMEDY = "Use one that sums over one axis, such as bnc,cd->bnd, or over all but the first, such as bnc,ncd->bd."
_AS_STORED = "stored"


@reads("hgq>QEinsumDense", "hgq>QEinsumDenseBatchnorm")
def _einsum(layer: KerasLayer) -> list[Step]:
    plan = _plan(layer)
    if plan is None:
        return []
    bias_axes = layer.config.raw("bias_axes", None)
    if bias_axes not in (None, plan.new):
        layer.refuse(f"a bias along {bias_axes} is not supported", f"Use bias_axes='{plan.new}', or none.")
    op = Dense(_units(layer, plan), bias_axes is not None)
    weights = _normalised(layer, plan) if layer.class_name.endswith("Batchnorm") else rounded(layer, _slots(op))
    before = [Step(each, suffix="_in") for each in plan.before]
    behind = [Step(each, suffix="_out") for each in plan.behind]
    return between(layer, [*before, Step(op, _as_stored(layer, weights, plan)), *behind, *fused(layer)])


@dataclass(frozen=True, slots=True)
class _Plan:
    """An equation as a dense layer: what stands before and behind it, the letter of its outputs and their place in the
    result, from the end; and whether the kernel is stored with its outputs first.
    """

    new: str
    place: int
    before: tuple[Op, ...] = ()
    behind: tuple[Op, ...] = ()
    turned: bool = False


def _plan(layer: KerasLayer) -> _Plan | None:
    """How an equation is a dense layer; one that is none is refused."""
    equation = layer.config.text("equation").replace(" ", "")
    given, _, rest = equation.partition(",")
    kernel, _, result = rest.partition("->")
    dots = given.startswith("...") and result.startswith("...")
    samples = 3 if dots else 1
    found = _split(given[samples:], kernel, result[samples:]) if given[:samples] == result[:samples] else None
    # Behind dots nobody knows how many axes there are to put into an order.
    if found is None or (dots and (found.before or found.behind)):
        layer.refuse(f"the equation {equation[:60]} is not supported", _REMEDY)
        return None
    return found


def _split(inputs: str, kernel: str, result: str) -> _Plan | None:
    """By the letters of input, kernel and result, without those of the samples."""
    summed = [letter for letter in inputs if letter in kernel]
    kept = [letter for letter in inputs if letter not in kernel]
    new = [letter for letter in kernel if letter not in inputs]
    distinct = len({*inputs}) == len(inputs) and len({*kernel}) == len(kernel)
    if not distinct or not summed or len(new) != 1 or sorted(result) != sorted([*kept, *new]):
        return None
    place = result.index(new[0]) - len(result)
    if not kept and kernel == inputs + new[0]:
        return _Plan(new[0], place, (Flatten(),) if len(inputs) > 1 else ())
    if len(summed) != 1:
        return None
    before = _reordered([*inputs], [*kept, *summed])
    return _Plan(new[0], place, before, _reordered([*kept, *new], [*result]), kernel[0] == new[0])


def _reordered(now: list[str], wanted: list[str]) -> tuple[Op, ...]:
    """The layer that puts axes into an order, where they are in another one."""
    return () if now == wanted else (Permute(tuple(now.index(letter) + 1 for letter in wanted)),)


def _units(layer: KerasLayer, plan: _Plan) -> int:
    stated = layer.config.raw("output_shape")
    extents = stated if isinstance(stated, list) else [stated]
    units = extents[plan.place] if len(extents) >= -plan.place else None
    return Fields({"units": units}, layer.config.where).whole("units", lowest=1)


def _slots(op: Dense) -> tuple[Slot, ...]:
    return (KERNEL, BIAS) if op.use_bias else (KERNEL,)


def _normalised(layer: KerasLayer, plan: _Plan) -> Weights:
    axes = layer.config.raw("normalize_axes", None) or layer.config.raw("bias_axes", None)
    if axes != plan.new:
        layer.refuse("it normalises along another axis than its outputs", f"Use bias_axes='{plan.new}'.")
    layer.note("batch normalisation is folded into the weights, as HGQ2 does; hls4ml sees one layer.")
    slots = (KERNEL, BIAS, *statistics(layer))
    return rounded(layer, slots, lambda arrays, _shapes: folded_outputs(layer, arrays))


def _as_stored(layer: KerasLayer, weights: Weights, plan: _Plan) -> Weights:
    """The same for arrays as an einsum stores them: the kernel by its letters, the rest along its place."""
    finish = weights.finish
    assert finish is not None

    def turned(arrays: Arrays, shapes: Mapping[str, Shape]) -> Arrays:
        try:
            found = {role: _turned(role, arrays, shapes["kernel"], plan) for role in arrays}
        except ValueError as error:
            what = f"The weights of '{layer.name}' are not those of its equation"
            raise ModelFileError(what, layer.config.where, "Save the model again.") from error
        return finish(found, shapes)

    # Their shapes are not the network's: they are checked as they are turned.
    return Weights(tuple(replace(slot, like=_AS_STORED) for slot in weights.slots), turned, exact=True)


def _turned(role: str, arrays: Arrays, kernel: Shape, plan: _Plan) -> NDArray[np.float32]:
    """One array in the network's shape. Raises ValueError where it has another number of values."""
    if role.partition(".")[0] not in ("kernel", "kq"):
        return np.broadcast_to(arrays[role].reshape(-1), kernel[-1:])
    whole = np.broadcast_to(arrays[role], arrays["kernel"].shape)
    return whole.T.reshape(kernel) if plan.turned else whole.reshape(kernel)
