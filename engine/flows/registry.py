"""Every flow by its id. Window and command line ask here and know flows through `Flow` only.

A flow is loaded once it is asked for: a design needs one of them.
"""

from functools import cache

from engine.flows import labels
from engine.flows.flow import Flow
from engine.flows.hls4ml.backends import BACKENDS


class UnknownFlowError(ValueError):
    """There is no flow of that id; the message lists those there are."""


def all_flows() -> tuple[Flow, ...]:
    """All flows, the usual one first."""
    return tuple(map(_loaded, labels.LABELS))


def flow(id: str) -> Flow:
    """One flow; `-` and `_` are the same in its id. Raises UnknownFlowError."""
    found = next((known for known in (id, id.replace("-", "_"), id.replace("_", "-")) if known in labels.LABELS), None)
    if found is None:
        raise UnknownFlowError(f"There is no flow '{id}'. There are: {', '.join(labels.LABELS)}.")
    return _loaded(found)


@cache
def _loaded(id: str) -> Flow:
    match id:
        case labels.OPEN_FLOW:
            from engine.flows.rtl.flow import RtlFlow

            return RtlFlow()
        case "finn":
            from engine.flows.finn.flow import FinnFlow

            return FinnFlow()
        case _:
            from engine.flows.hls4ml.flow import Hls4mlFlow

            return Hls4mlFlow(BACKENDS[id])
