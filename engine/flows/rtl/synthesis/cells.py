"""What a module was mapped to: the cells, by name and as the resources of a board."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from engine.boards import Resource
from engine.flows.rtl.synthesis.technology import KINDS, Technology, Weights, count


@dataclass(frozen=True, slots=True)
class Cells:
    """The result of one synthesis. Counts are those of the mapped netlist, before placement.

    `by_name` are its cells as Yosys names them, in alphabetical order; `warnings` are what Yosys remarked, each once.
    """

    technology: Technology
    by_name: tuple[tuple[str, int], ...]
    yosys: str
    """The version of its package."""
    cpu_seconds: float
    peak_memory: int
    """In bytes."""
    warnings: tuple[str, ...] = ()

    def count(self, name: str) -> int:
        """How many cells of one name."""
        return dict(self.by_name).get(name, 0)

    @property
    def lut_by_inputs(self) -> dict[int, int]:
        """Look-up tables for logic by the inputs they use. Inverters, which placement absorbs, are in none."""
        found = dict.fromkeys(sorted(KINDS[self.technology].lut.values()), 0)
        for name, number in self.by_name:
            if inputs := KINDS[self.technology].lut.get(name):
                found[inputs] += number
        return found

    @property
    def lut(self) -> int:
        """All look-up tables for logic: the upper bound of what they take, since two small ones may share one."""
        return sum(self.lut_by_inputs.values())

    @property
    def lut_ram(self) -> int:
        """Look-up tables that serve as memory or as shift registers."""
        return self._amount(KINDS[self.technology].lut_ram)

    @property
    def lut_carry(self) -> int:
        """Look-up tables whose places carry chains stand in, on Lattice ECP5 and Gowin; none where chains have their
        own.
        """
        return self._amount(KINDS[self.technology].lut_carry)

    @property
    def all_lut(self) -> int:
        """Places of look-up tables that are taken, whatever by."""
        return self.lut + self.lut_ram + self.lut_carry

    @property
    def ff(self) -> int:
        """Flip-flops."""
        return self._amount(KINDS[self.technology].ff)

    @property
    def dsp(self) -> int:
        """Multipliers, in the family's unit."""
        return self._amount(KINDS[self.technology].dsp)

    @property
    def block_ram(self) -> int:
        """Blocks of memory in the family's unit: BRAM18 of AMD, EBR of Lattice, BSRAM of Gowin."""
        return self._amount(KINDS[self.technology].block_ram)

    @property
    def large_ram(self) -> int:
        """UltraRAM of AMD, SPRAM of iCE40."""
        return self._amount(KINDS[self.technology].large_ram)

    @property
    def carry(self) -> int:
        """Cells of carry chains; each spans four bits on 7 series, eight on UltraScale+, two on ECP5, else one."""
        return self._amount(KINDS[self.technology].carry)

    @property
    def mux(self) -> int:
        """Multiplexers beside the look-up tables."""
        return self._amount(KINDS[self.technology].mux)

    def resource(self, resource: Resource) -> int:
        """What it takes of a board's resource, in the board's unit."""
        taken = {
            Resource.LUT: self.all_lut,
            Resource.FF: self.ff,
            Resource.DSP: self.dsp,
            Resource.BRAM: self.block_ram,
            Resource.URAM: self.large_ram,
        }
        return taken.get(resource, 0)

    def _amount(self, weights: Weights) -> int:
        return count(dict(self.by_name), weights)


def cells_to_json(cells: Cells) -> dict[str, Any]:
    """The result as a JSON value."""
    return asdict(cells) | {"by_name": dict(cells.by_name), "warnings": list(cells.warnings)}


def cells_from_json(value: Mapping[str, Any]) -> Cells:
    """Read back what `cells_to_json` wrote. Raises KeyError, TypeError, ValueError or AttributeError."""
    return Cells(
        technology=Technology(value["technology"]),
        by_name=tuple(sorted((str(name), int(number)) for name, number in value["by_name"].items())),
        yosys=str(value["yosys"]),
        cpu_seconds=float(value["cpu_seconds"]),
        peak_memory=int(value["peak_memory"]),
        warnings=tuple(str(warning) for warning in value["warnings"]),
    )
