"""What the hardware's answers are worth, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccuracyView:
    """`notes` is the small print, what matters most first; `source` how the value was found, on which samples; `spoken`
    says everything, to screen readers and tool tips.

    `danger` marks answers that the float network would not give; `stale` ones of an earlier design.
    """

    title: str
    value: str = ""
    notes: tuple[str, ...] = ()
    source: str = ""
    spoken: str = ""
    danger: bool = False
    stale: bool = False
