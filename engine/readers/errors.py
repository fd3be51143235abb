"""What can be wrong with a model file."""

from dataclasses import dataclass


class ModelFileError(ValueError):
    """A file that cannot be read: what is wrong, where, and what to do."""

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        place = f" ({where})" if where else ""
        super().__init__(f"{what.rstrip('.')}{place}. {remedy}".strip())


@dataclass(frozen=True, slots=True)
class Problem:
    """Something of a model that has no counterpart here: the layer, what it is, and the nearest supported way."""

    layer: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.layer}: {self.what}. {self.remedy}" if self.layer else f"{self.what}. {self.remedy}"


class UnsupportedModelError(ValueError):
    """A sound file whose model uses what is not supported; `problems` lists all of it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        lines = "\n".join(f"• {problem}" for problem in problems)
        super().__init__(f"This model uses {_things(len(problems))} that cannot be read:\n{lines}")


def _things(count: int) -> str:
    return "one thing" if count == 1 else f"{count} things"
