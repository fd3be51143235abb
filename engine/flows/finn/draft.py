"""Units while a network is lowered: they read each other by name, and may yet change or get copies."""

from dataclasses import replace

from engine.flows.finn.unit import Kind, Plan, Unit


class Draft:
    """Units in the order in which they are added, and where each of the user's layers ends."""

    def __init__(self) -> None:
        self._units: dict[str, Unit] = {}
        self._ends: dict[str, str] = {}

    def end(self, layer: str) -> Unit:
        """The unit whose words are a layer's result."""
        return self._units[self._ends[layer]]

    def add(self, unit: Unit, layer: str = "") -> Unit:
        """Add a unit; its layer, or another one, ends in it."""
        self._units[unit.name] = unit
        self._ends[layer or unit.layer] = unit.name
        return unit

    def alias(self, layer: str, unit: Unit) -> None:
        """A layer whose result are the words of a unit that is there."""
        self._ends[layer] = unit.name

    def absorb(self, unit: Unit, layer: str) -> None:
        """A unit, changed or as it is, does a layer's work too."""
        self._units[unit.name] = replace(unit, sources=(*unit.sources, layer))
        self._ends[layer] = unit.name

    def duplicate(self) -> None:
        """Put a copying unit behind each one that several read."""
        readers: dict[str, list[str]] = {}
        for unit in self._units.values():
            for name in unit.inputs:
                readers.setdefault(name, []).append(unit.name)
        for name, found in readers.items():
            if len(found) > 1:
                self._copy(self._units[name], found)

    def _copy(self, unit: Unit, readers: list[str]) -> None:
        copies = replace(
            unit,
            name=f"{unit.name}_copies",
            kind=Kind.DUPLICATE,
            sources=(unit.layer,),
            inputs=(unit.name,),
            given=unit.shape,
            taken=unit.values,
            matrix=None,
            window=None,
            threshold_bits=0,
        )
        ordered: dict[str, Unit] = {}
        for name, each in self._units.items():
            inputs = tuple(copies.name if source == unit.name else source for source in each.inputs)
            ordered[name] = replace(each, inputs=inputs) if name in readers else each
            if name == unit.name:
                ordered[copies.name] = copies
        self._units = ordered

    def plan(self, outputs: tuple[str, ...]) -> Plan:
        """The units, and those that give the network's results."""
        ends = tuple(dict.fromkeys(self._ends[layer] for layer in outputs if layer in self._ends))
        return Plan(tuple(self._units.values()), dict(self._ends), ends)
