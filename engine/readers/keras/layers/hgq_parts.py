"""What HGQ2's layers share: a quantiser before each, and weights whose bits differ from number to number."""

from collections.abc import Callable, Mapping

from engine.network import Shape
from engine.network.kinds import Activation
from engine.readers.keras.bitwidths import bit_widths
from engine.readers.keras.layer import Arrays, KerasLayer, Step, Weights
from engine.readers.keras.stored import Slot

Fold = Callable[[Arrays, Mapping[str, Shape]], Arrays]
"""Makes kernel and bias, in the network's shapes, of what is stored."""


def rounded(layer: KerasLayer, slots: tuple[Slot, ...], fold: Fold | None = None) -> Weights:
    """Kernel and bias as HGQ2 rounds them; what else is stored is folded into them before.

    Each number's bits stand in the shape that HGQ2 gives the array: `fold` must leave it as it is.
    """
    keys = {"kernel": ("kq_conf", "kq"), "bias": ("bq_conf", "bq")}
    present = {slot.role for slot in slots} & keys.keys()
    widths = {role: each for role in sorted(present) if (each := bit_widths(layer, *keys[role])) is not None}
    inner = tuple(slot for role, each in widths.items() for slot in each.slots(role))
    where = layer.config.where

    def finish(arrays: Arrays, shapes: Mapping[str, Shape]) -> Arrays:
        folded = arrays if fold is None else fold(arrays, shapes)
        return {
            role: widths[role].quantised(folded[role], arrays, where) if role in widths else folded[role]
            for role in sorted(present)
        }

    return Weights((*slots, *inner), finish, exact=True)


def between(layer: KerasLayer, steps: list[Step]) -> list[Step]:
    """A layer with the quantisers before and behind it."""
    before = flowing(layer, "iq_conf", "iq", "_iq") if layer.config.flag("enable_iq", True) else []
    behind = flowing(layer, "oq_conf", "oq", "_oq") if layer.config.flag("enable_oq", False) else []
    return [*before, *steps, *behind]


def flowing(layer: KerasLayer, key: str, holder: str, suffix: str) -> list[Step]:
    """A quantiser of what flows, as a layer that passes it on in its type."""
    widths = bit_widths(layer, key, holder)
    if widths is None:
        return []
    return [Step(Activation("linear"), Weights(widths.slots(), type=widths.type), suffix=suffix)]
