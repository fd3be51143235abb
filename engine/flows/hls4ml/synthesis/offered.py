"""The steps of a synthesis that one may choose, as each back end offers them."""

from engine.flows.flow import JobStep
from engine.flows.hls4ml.backends import Backend

_C_SYNTHESIS = JobStep(
    "c_synthesis",
    "C synthesis",
    "Schedules every layer; reports latency, interval and the resources that the tool expects.",
    "minutes, an hour for large layers",
    always=True,
)
_LOGIC_SYNTHESIS = JobStep(
    "logic_synthesis",
    "Logic synthesis",
    "Maps the generated circuit onto the part: the resources that it will really take.",
    "minutes to hours more",
)
_EXPORT = JobStep(
    "export",
    "IP export",
    "Packs the circuit as an IP block, ready for a Vivado block design.",
    "a few minutes more",
)

NOT_OFFERED = (
    "Co-simulation is not offered: its report cannot be read here yet, and it takes hours. Emulate checks the values "
    "bit for bit; where layers stream, a simulated run tells latency and interval."
)
"""Of the tools' co-simulation no genuine report was at hand to read one by."""


def offered(backend: Backend) -> tuple[JobStep, ...]:
    """C synthesis always; logic synthesis everywhere; an IP block where the tool is AMD's."""
    packs = backend.flow in ("vitis", "vivado", "vivado_accelerator")
    return (_C_SYNTHESIS, _LOGIC_SYNTHESIS, *((_EXPORT,) if packs else ()))
