"""Parts that may be missing, and how each comes here: an installer's studio has no packages of its own."""

import sys
from importlib.util import find_spec


def missing_for_training() -> tuple[str, ...]:
    """The packages of training that are not installed."""
    return tuple(name for name in ("tensorflow", "tf_keras", "qkeras") if find_spec(name) is None)


def added_by(packages: str) -> str:
    """How a part that is missing is added; `packages` says it for a studio with an environment of its own."""
    return "Add it with Help, Add parts… or `codesign-studio addons`." if getattr(sys, "frozen", False) else packages
