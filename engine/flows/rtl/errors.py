"""What the open flow cannot build."""

from engine.flows.problem import Problem


class NotGeneratedError(ValueError):
    """A layer that no Verilog can be made for; `problem` names it, says why and what is possible instead."""

    def __init__(self, layer: str, reason: str, remedy: str) -> None:
        self.problem = Problem(layer, reason, remedy)
        super().__init__(str(self.problem))
