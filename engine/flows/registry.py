"""Every flow by its id. Window and command line ask here and know flows through `Flow` only."""

from engine.flows.finn.flow import FinnFlow
from engine.flows.flow import Flow
from engine.flows.hls4ml.backends import BACKENDS
from engine.flows.hls4ml.flow import Hls4mlFlow
from engine.flows.rtl.flow import RtlFlow

_FLOWS: dict[str, Flow] = {key: Hls4mlFlow(backend) for key, backend in BACKENDS.items()}
_FLOWS[RtlFlow.id] = RtlFlow()
_FLOWS[FinnFlow.id] = FinnFlow()


class UnknownFlowError(ValueError):
    """There is no flow of that id; the message lists those there are."""


def all_flows() -> tuple[Flow, ...]:
    """All flows, the usual one first."""
    return tuple(_FLOWS.values())


def flow(id: str) -> Flow:
    """One flow; `-` and `_` are the same in its id. Raises UnknownFlowError."""
    found = _FLOWS.get(id) or _FLOWS.get(id.replace("-", "_")) or _FLOWS.get(id.replace("_", "-"))
    if found is None:
        raise UnknownFlowError(f"There is no flow '{id}'. There are: {', '.join(_FLOWS)}.")
    return found
