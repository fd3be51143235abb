"""What an export is about: one design with its numbers, as values."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QImage

from engine.advice import Finding
from engine.dataflow import Simulation
from engine.design import Design
from engine.estimate import Estimate
from engine.flows.flow import Flow
from engine.network import TensorStore
from engine.project import Run

MOST_PX = 16_000
"""Pixels a side that a picture may have."""


class Drawing(Protocol):
    """Something that can be drawn at any scale. Its methods raise ValueError or OSError with the reason."""

    def image(self, density: float = 2.0, most: int = MOST_PX) -> QImage:
        """As pixels, `density` to a logical px, less where a side would pass `most` pixels."""
        ...

    def png(self, density: float = 2.0, most: int = MOST_PX) -> bytes:
        """The same as PNG."""
        ...

    def svg(self, title: str) -> bytes:
        """As scalable graphics, one unit a logical px."""
        ...

    def on_paper(self) -> "Drawing":
        """The same in light colours, where it can be."""
        ...


@dataclass(frozen=True, slots=True)
class Subject:
    """A design, what it costs, what is wrong with it, what was run on it, and how it looks.

    `safe_share` is a fraction of the board. A picture that is None cannot be exported.
    """

    design: Design
    estimate: Estimate
    flow: Flow
    findings: tuple[Finding, ...] = ()
    runs: tuple[Run, ...] = ()
    safe_share: float = 0.8
    graph: Drawing | None = None
    budget: Drawing | None = None
    tensors: TensorStore | None = None
    """Where the weights are; without them there is no script."""
    simulation: Simulation | None = None
    """The run of this very design, where one was simulated."""
