"""The data sets that go by a name, and which of them a network can take now."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import prod

from engine.data.generators import GENERATORS
from engine.data.public import PUBLIC, place_of
from engine.design import DataReference, DataSource
from engine.network import Network


@dataclass(frozen=True, slots=True)
class Offer:
    """A data set by title, what it holds in words, and why the network cannot take it, or ''."""

    reference: DataReference
    title: str
    what: str
    off: str = ""


def offers(network: Network) -> tuple[Offer, ...]:
    """All of them, those that fit first."""
    found = [
        _offer(DataSource.SHIPPED, "digits", "Digits", "8×8 pixels, 10 classes, 1,797 samples", (8, 8, 1), network)
    ]
    for each in GENERATORS.values():
        what = f"{each.what}, {each.count:,} samples, made up"
        found.append(_offer(DataSource.GENERATOR, each.id, each.title, what, each.shape, network))
    for public in PUBLIC.values():
        offer = _offer(DataSource.FETCHED, public.id, public.title, public.what, public.shape, network, public.forms)
        absent = "" if place_of(public.id).is_file() else "it is not on this computer yet: Network, Fetch public data"
        found.append(replace(offer, off=offer.off or absent))
    return tuple(sorted(found, key=lambda offer: bool(offer.off)))


def _offer(
    source: DataSource,
    name: str,
    title: str,
    what: str,
    shape: tuple[int, ...],
    network: Network,
    others: Iterable[int] = (),
) -> Offer:
    """`others` are further sizes of a sample."""
    inputs = [network.shapes[each] or () for each in network.inputs]
    fits = len(inputs) == 1 and prod(inputs[0]) in (prod(shape), *others)
    taken = " and ".join("×".join(map(str, each)) for each in inputs) or "nothing yet"
    off = "" if fits else f"its samples are {'×'.join(map(str, shape))}, the network takes {taken}"
    return Offer(DataReference(source, name), title, what, off)
