"""What hls4ml cannot build of a design, all at once, each with the nearest way that works."""

from engine.design import Design
from engine.flows.hls4ml.errors import Problem


def problems(design: Design) -> tuple[Problem, ...]:
    return ()
