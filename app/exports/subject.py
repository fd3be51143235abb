"""What an export is about: one design with its numbers, as values."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPainter

from engine.advice import Finding
from engine.design import Design
from engine.estimate import Estimate
from engine.flows.flow import Flow
from engine.project import Run


@dataclass(frozen=True, slots=True)
class Picture:
    """Something that can be painted at any scale: its size in logical px, and how, from (0, 0)."""

    size: QSizeF
    paint: Callable[[QPainter], None]


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
    graph: Picture | None = None
    budget: Picture | None = None
