"""Layers one behind the other, for templates."""

from dataclasses import replace

from engine.design import EMPTY, Design, Settings, Target, Value
from engine.network import Layer, Network, Op
from engine.network.kinds import Input
from engine.precision import FixedType
from engine.precision.quantizer import Quantizer


class Chain:
    """Layers one behind the other, numbered by what they are."""

    def __init__(self, shape: tuple[int, ...], samples: FixedType) -> None:
        self._layers = [Layer("samples", Input(shape=shape))]
        self._counts: dict[str, int] = {}
        self._settings: dict[str, Settings] = {"samples": Settings((("result", samples),))}

    def add(self, stem: str, op: Op, *quantizers: tuple[str, Quantizer]) -> str:
        """A layer behind the last one; its name."""
        self._counts[stem] = self._counts.get(stem, 0) + 1
        layer = Layer(f"{stem}{self._counts[stem]}", op, (self._layers[-1].name,))
        self._layers.append(replace(layer, quantizers=quantizers))
        return layer.name

    def settle(self, name: str, **settings: Value) -> None:
        """Settings of a layer."""
        self._settings[name] = Settings(tuple(sorted(settings.items())))

    def design(self, name: str, target: Target, defaults: Settings = EMPTY) -> Design:
        """The whole network."""
        layers = tuple(sorted(self._settings.items()))
        return Design(name, Network(tuple(self._layers)), target, defaults, layers=layers)
