"""A design's specification and hardware for a job, with its own weights."""

from engine.design import Design
from engine.emulate.exact.stage import Specification
from engine.flows.hls4ml.exact.errors import NoExactModelError
from engine.flows.hls4ml.exact.lower import Lowering
from engine.flows.rtl.build import Hardware, build
from engine.flows.rtl.errors import NotGeneratedError
from engine.jobs.errors import JobError
from engine.network import MissingTensorError, TensorStore

TOP = "network"
"""Name of the top module."""


def drafted(design: Design, tensors: TensorStore) -> tuple[Specification, Hardware]:
    """Raises JobError with the layer that cannot be built and what is possible instead."""
    try:
        specification = Lowering(tensors).lower(design)
        return specification, build(specification, TOP)
    except MissingTensorError as error:
        raise JobError(str(error.args[0])) from error
    except (NoExactModelError, NotGeneratedError) as error:
        raise JobError(str(error)) from error
