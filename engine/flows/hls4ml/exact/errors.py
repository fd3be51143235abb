"""What has no whole-number model yet."""

from engine.flows.problem import Problem

OTHERWISE = "Emulate, which needs a compiler, runs the generated C++ itself."
"""The way out where hls4ml's code exists, but no model of it."""


class NoExactModelError(ValueError):
    """A layer that cannot be computed bit for bit; `layer` names it, the message says why and what can be done."""

    def __init__(self, layer: str, reason: str, remedy: str) -> None:
        problem = Problem(layer, reason, remedy)
        super().__init__(str(problem))
        self.layer, self.problem = layer, problem
