"""What can be added by name: every layer kind, and every function of an activation."""

from engine.network.kinds.activation import FUNCTIONS, Activation
from engine.network.op import KINDS, Op


def variants() -> dict[str, Op]:
    """Each kind by its id with its usual parameters; behind the activation its functions, as `activation/tanh`."""
    found: dict[str, Op] = {}
    for kind, op in KINDS.items():
        found[kind] = op()
        if op is Activation:
            found |= {f"{kind}/{name}": Activation(function=name) for name in FUNCTIONS if name != "linear"}
    return found


def new_op(variant: str) -> Op:
    """One of `variants` by its id. Raises KeyError."""
    return variants()[variant]
