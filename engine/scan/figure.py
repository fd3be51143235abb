"""The one figure that says how good a design's answers are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.emulate.score import ERROR

ACCURACY, AGREEMENT, DIFFERENCE = "accuracy", "agreement", "difference"
"""Share of right answers; of the float network's answers, where nobody knows the right ones; and, where there are no
answers, the output's difference over the float network's output."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`kind` is one of these, or one of `engine.emulate.score`; `low` and `high` are ends of a 90 % interval."""

    kind: str
    value: float
    low: float
    high: float

    @property
    def is_error(self) -> bool:
        """Whether less is better."""
        return self.kind in (ERROR, DIFFERENCE)

    @property
    def is_share(self) -> bool:
        """Whether it is a share of answers, said in percent."""
        return self.kind in (ACCURACY, AGREEMENT)

    @property
    def text(self) -> str:
        """`97.8 %` for shares of answers, else three figures."""
        if self.is_share:
            return f"{100 * self.value:.1f} %"
        return f"{self.value:.3g}"

    def loss(self, before: "Figure") -> float:
        """How much worse than another figure of its kind; below 0 where better."""
        return self.value - before.value if self.is_error else before.value - self.value


def figure_of(result: Mapping[str, Any]) -> Figure:
    """The figure of a comparison with the float network, as an emulate job's result has it."""
    shares, found = result["accuracy"], result.get("score")
    if shares:
        return Figure(ACCURACY, shares["hardware"], shares["low"], shares["high"])
    if found:
        return Figure(found["kind"], found["hardware"], found["low"], found["high"])
    output = max(result["outputs"], key=lambda each: float(each["max_error"]))
    if "agreement" in output:
        return Figure(AGREEMENT, output["agreement"], output["agreement_low"], output["agreement_high"])
    off = float(output["relative"] or 0.0)
    return Figure(DIFFERENCE, off, off, off)
