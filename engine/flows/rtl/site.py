"""Where a module is made: a unit with the types of what it reads."""

from dataclasses import dataclass

from engine.emulate.exact.numbers import Codes, Exact, cast
from engine.emulate.exact.stage import Stage
from engine.flows.rtl.errors import NotGeneratedError
from engine.flows.rtl.pace import cycles
from engine.flows.rtl.plan import Unit
from engine.flows.rtl.verilog.cast import Function
from engine.flows.rtl.verilog.chain import Link, chain, stages
from engine.flows.rtl.verilog.number import Number
from engine.network.op import Shape
from engine.precision import FixedType


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """One unit; `sources` are the stages whose results it reads, `module` its name in Verilog, `lanes` how many
    values at once keep up with the slowest of all layers, which needs `cycles` for a frame."""

    unit: Unit
    sources: tuple[Stage, ...]
    module: str
    lanes: int
    cycles: int
    outlined: bool = False
    """Whether the module is for an estimate: then a ROM of weights says only how many bits change, and the first lane,
    or the first output of a matrix of constants, stands for all."""

    @property
    def hurries(self) -> bool:
        """Whether it is so near to the slowest layer that cycles between frames would count."""
        return 4 * cycles(self.stage) > 3 * self.cycles

    @property
    def stage(self) -> Stage:
        """What the module is made for."""
        return self.unit.head

    @property
    def source(self) -> FixedType:
        """Type of the values on the first port."""
        return self.sources[0].result

    @property
    def shape(self) -> Shape:
        """Of the first input."""
        return (self.unit.padding or self.stage).input_shapes[0]

    @property
    def result(self) -> FixedType:
        """Type of what leaves the module."""
        return self.unit.stages[-1].result

    def finish(self, number: Number, suffix: str = "") -> Function:
        """The function `finish`: the head's result of a number, and whatever is computed behind it.

        `suffix` keeps those of several inputs apart.
        """
        return chain(f"finish{suffix}", number, self._links(suffix))

    def finish_in_stages(self, number: Number) -> tuple[Function, ...]:
        """The same as functions with a register between each two; the last is `finish`."""
        return stages("finish", number, self._links())

    def _links(self, suffix: str = "") -> list[Link]:
        return [(stage.name + suffix, stage.operation, stage.result) for stage in self.unit.stages]

    def finished(self, values: Exact) -> Codes:
        """The same of constants: what leaves the module."""
        found = cast(values, self.stage.result)
        for stage in self.unit.stages[1:]:
            found = stage.operation.apply([found], stage.result)
        return found.codes

    def refused(self, reason: str, remedy: str) -> NotGeneratedError:
        """The error that says why there is no module for this layer."""
        return NotGeneratedError(next(iter(self.unit.layers), self.stage.name), reason, remedy)
