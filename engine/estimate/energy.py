"""Energy of one inference: latency times what the whole board draws meanwhile, a constant measured for each board."""

from dataclasses import dataclass

from engine.boards import Board, Figure
from engine.estimate.quantity import Quantity

DOUBT = 0.08
"""How far the measured designs' energies lie from their board's constant at most, as a fraction."""


@dataclass(frozen=True, slots=True)
class Energy:
    """Energy of one inference in microjoules, and the power in W it follows from.

    `refusal` says why there is no number, where there is none.
    """

    microjoules: Quantity | None = None
    power: Figure | None = None
    refusal: str = ""

    def in_words(self, latency: str) -> str:
        """One sentence with the number, the latency it is taken from, the constant and its source; or why not."""
        if self.microjoules is None or self.power is None:
            return self.refusal
        amount = energy_text(self.microjoules.value)
        return f"Energy {amount} an inference: {latency} × {self.power.value:g} W ({self.power.source})."


def energy(latency_us: Quantity, board: Board) -> Energy:
    """Energy of an inference that takes this long on a board."""
    power = board.running_power
    if power is None:
        return Energy(refusal=f"No energy: what {board.name} draws while it infers has not been measured.")
    value = latency_us.value * power.value
    low, high = (end * power.value for end in (latency_us.low * (1 - DOUBT), latency_us.high * (1 + DOUBT)))
    return Energy(Quantity(value, low, high, f"latency × {power.value:g} W"), power)


def energy_text(microjoules: float) -> str:
    """`44.2 mJ`, `30 µJ`, `840 nJ`."""
    for factor, unit in ((1e3, "mJ"), (1.0, "µJ")):
        if microjoules >= factor:
            return f"{microjoules / factor:,.3g} {unit}"
    return f"{microjoules * 1e3:.3g} nJ"
