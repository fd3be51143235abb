"""What can be added by name: every layer kind, and every function of an activation."""

from typing import Any

from engine.network.kinds.activation import FUNCTIONS, Activation
from engine.network.op import KINDS, Op


def variants() -> dict[str, Op]:
    """Each kind by its id with its usual parameters; behind the activation its functions, as `activation/tanh`."""
    found: dict[str, Op] = {}
    for kind, op in KINDS.items():
        # A convolution put into a network shall not shrink the picture that its neighbours expect.
        usual: dict[str, Any] = {"padding": "same"} if op.GROUP == "conv" else {}
        found[kind] = op(**usual)
        if op is Activation:
            found |= {f"{kind}/{name}": Activation(function=name) for name in FUNCTIONS if name != "linear"}
    return found


def new_op(variant: str) -> Op:
    """One of `variants` by its id. Raises KeyError."""
    return variants()[variant]
