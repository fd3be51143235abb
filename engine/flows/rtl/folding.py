"""How a matrix of products is folded: which multiplier does what in which cycle."""

from dataclasses import dataclass
from math import gcd


@dataclass(frozen=True, slots=True)
class Folding:
    """`lanes` inputs times `rows` outputs at once, in `steps` over the inputs and `passes` over the outputs.

    A reuse factor up to n_in divides it: every output has multipliers of its own, n_in / R each. Above, it is a
    multiple of n_in: one multiplier works for R / n_in outputs, one after the other. As hls4ml's Resource strategy.
    """

    n_in: int
    n_out: int
    lanes: int
    rows: int

    @classmethod
    def of(cls, n_in: int, n_out: int, reuse_factor: int) -> "Folding":
        """Of a reuse factor that divides n_in, or is n_in times a divisor of n_out. Raises ValueError for others."""
        steps = gcd(reuse_factor, n_in)
        passes, rest = divmod(reuse_factor, steps)
        if rest or n_out % passes or (passes > 1 and steps < n_in):
            raise ValueError(f"Reuse factor {reuse_factor} does not fold a matrix of {n_in} × {n_out}.")
        return cls(n_in, n_out, n_in // steps, n_out // passes)

    @property
    def steps(self) -> int:
        """Cycles in which all inputs have been multiplied once."""
        return self.n_in // self.lanes

    @property
    def passes(self) -> int:
        """How often the inputs are gone through."""
        return self.n_out // self.rows

    @property
    def cycles(self) -> int:
        """Cycles for all products: the reuse factor."""
        return self.steps * self.passes

    @property
    def multipliers(self) -> int:
        """Products at once."""
        return self.lanes * self.rows
