"""What a design would be built as, kept between edits: its modules, or why there are none."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from engine.design import Design, with_network
from engine.emulate.exact.stage import Specification
from engine.flows.hls4ml.exact.errors import NoExactModelError
from engine.flows.hls4ml.exact.lower import Lowering
from engine.flows.problem import Problem
from engine.flows.rtl.attempt import Builder
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.cost.sketch import sketched
from engine.flows.rtl.drafted import TOP
from engine.network import Layer, MissingTensorError, Network, TensorRef, TensorStore
from engine.network.tensors import Array


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A specification, and its hardware as far as an estimate reads it; without hardware, `problems` says why."""

    specification: Specification | None
    hardware: Hardware | None
    problems: tuple[Problem, ...]


class Drafter:
    """Drafts designs one after the other. Weights that are not there are made up: how many layers take what depends
    little on them."""

    def __init__(self) -> None:
        self._makers: OrderedDict[int, tuple[TensorStore | None, Lowering, Builder]] = OrderedDict()
        self._networks: OrderedDict[int, tuple[Network, Network]] = OrderedDict()
        self._drafts: OrderedDict[int, tuple[Design, TensorStore | None, Draft]] = OrderedDict()

    def draft(self, design: Design, tensors: TensorStore | None) -> Draft:
        """What the design is built as."""
        known = self._drafts.get(id(design))
        if known is None or (tensors is not None and tensors is not known[1]):
            known = _remembered(self._drafts, id(design), (design, tensors, self._draft(design, tensors)))
        return known[2]

    def known(self, design: Design) -> Draft:
        """The same for a design that was drafted just before, else with made-up weights."""
        return self.draft(design, None)

    def _draft(self, design: Design, tensors: TensorStore | None) -> Draft:
        key = id(tensors)
        maker = self._makers.get(key)
        if maker is None:
            maker = _remembered(self._makers, key, (tensors, Lowering(_Stocked(tensors)), Builder(sketched)))
        _, lowering, builder = maker
        try:
            specification = lowering.lower(self._with_weights(design))
        except NoExactModelError as error:
            return Draft(None, None, (error.problem,))
        attempt = builder.attempt(specification, TOP)
        return Draft(specification, attempt.hardware, tuple(each.problem for each in attempt.refusals))

    def _with_weights(self, design: Design) -> Design:
        """The design with a reference in each place of a weight; the same network gives the same one."""
        known = self._networks.get(id(design.network))
        if known is None:
            known = _remembered(self._networks, id(design.network), (design.network, _completed(design.network)))
        return design if known[1] is known[0] else replace(with_network(design, known[1]), layers=design.layers)


_KEPT = 8


_T = TypeVar("_T")


def _remembered(kept: "OrderedDict[int, _T]", key: int, value: _T) -> _T:
    """Keep a value under the id of something that it holds, and forget the oldest."""
    kept[key] = value
    if len(kept) > _KEPT:
        kept.popitem(last=False)
    return value


def _completed(network: Network) -> Network:
    layers = tuple(_with_all_weights(network, layer) for layer in network.layers)
    unchanged = all(new is old for new, old in zip(layers, network.layers, strict=True))
    return network if unchanged else Network(layers)


def _with_all_weights(network: Network, layer: Layer) -> Layer:
    shapes = network.input_shapes(layer.name)
    roles = layer.op.weight_shapes(shapes) if shapes is not None else {}
    missing = tuple((role, TensorRef("", shape)) for role, shape in roles.items() if layer.weight(role) is None)
    return replace(layer, weights=(*layer.weights, *missing)) if missing else layer


class _Stocked(TensorStore):
    """A store that makes up what it has not: random values, the same for the same shape."""

    def __init__(self, store: TensorStore | None) -> None:
        self._store = store

    def get(self, ref: TensorRef) -> Array:
        """The array, or one of its shape."""
        try:
            if self._store is not None and ref.digest:
                return self._store.get(ref)
        except MissingTensorError:
            pass
        made = np.random.default_rng(1).normal(0, 0.3, ref.shape).astype(np.float32)
        # A variance is never negative; nothing else of one axis minds.
        return np.abs(made) + np.float32(0.1) if len(ref.shape) == 1 else made
