"""What is shown of a training, as values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One curve: epochs against values; of what training saw itself it is dashed."""

    name: str
    token: str
    epochs: tuple[float, ...]
    values: tuple[float, ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class CurvesView:
    """Loss and, where answers are right or wrong, accuracy in percent; `epochs` is where the axis ends."""

    loss: tuple[Line, ...] = ()
    accuracy: tuple[Line, ...] = ()
    epochs: int = 1

    @property
    def said(self) -> str:
        """The last values, for screen readers."""
        lines = (*self.loss, *self.accuracy)
        return ", ".join(f"{line.name} {line.values[-1]:.3g}" for line in lines if line.values)


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """How good one form of the network is: what it is, its figure, and how sure that is."""

    name: str
    value: str
    interval: str
    help: str
    strong: bool = False
