"""A design's integer specification as a QONNX file.

What is written is what is built: weights as they are stored, sums exact, results rounded to their types; so that an
executor which computes exactly answers bit for bit as the hardware does, but for what the notes say.
"""

from dataclasses import dataclass

from engine.design import Design
from engine.emulate.exact.activations import Sign
from engine.emulate.exact.pooling import GlobalPool, Pool
from engine.emulate.exact.products import Sum, Threshold
from engine.emulate.exact.stage import Cast, Entry, Gather, Specification, Stage
from engine.flows.hls4ml.exact.lower import Lowering
from engine.network import MissingTensorError, TensorStore
from engine.onnx import Graph, Model, ValueInfo
from engine.onnx.model import written
from engine.writers.onnx import functions, moving, pooling, products, recurrent
from engine.writers.onnx.registry import NotWrittenError, write_stage
from engine.writers.onnx.sketch import QONNX, Sketch, Value

_OPSET, _IR_VERSION = 13, 8
_YIELD_SIGNS = Sign | Threshold | Cast | Gather
_PRODUCER = "Codesign Studio"
_FAMILIES = (functions, moving, pooling, products, recurrent)  # fill the registry


@dataclass(frozen=True, slots=True)
class WrittenModel:
    """The bytes of a file, and in what it differs from the hardware."""

    data: bytes
    notes: tuple[str, ...]


def qonnx_of(design: Design, tensors: TensorStore) -> WrittenModel:
    """The QONNX file of a design.

    Raises NotWrittenError or NoExactModelError, which say the layer and what would do.
    """
    try:
        specification = Lowering(tensors).lower(design)
    except MissingTensorError as error:
        raise NotWrittenError(str(error.args[0])) from error
    sketch = Sketch()
    values: dict[str, Value] = {}
    inputs = {stage: layer for layer, stage in specification.entries.items()}
    for stage in specification.stages:
        sketch.stage = stage.name
        values[stage.name] = _value(sketch, stage, values, specification, inputs)
    graph = Graph(
        tuple(sketch.nodes),
        tuple(ValueInfo(layer, _entry(specification, stage, layer).onnx_shape) for stage, layer in inputs.items()),
        tuple(ValueInfo(values[each].name, values[each].onnx_shape) for each in specification.outputs.values()),
        tuple(sketch.tensors),
        design.name,
    )
    model = Model(graph, {"": _OPSET, QONNX: 1}, _PRODUCER, "\n".join(sketch.notes))
    return WrittenModel(written(model, _IR_VERSION), tuple(sketch.notes))


def _value(
    sketch: Sketch, stage: Stage, values: dict[str, Value], specification: Specification, inputs: dict[str, str]
) -> Value:
    if isinstance(stage.operation, Entry):
        found = _entry(specification, stage.name, inputs[stage.name])
    else:
        found = write_stage(sketch, stage, [values[name] for name in stage.inputs])
    if not stage.is_bits:
        return sketch.cast(found, stage.result)
    # Bits stand for −1 and 1, and are written as such.
    if not isinstance(stage.operation, _YIELD_SIGNS):
        raise NotWrittenError(f"'{stage.name}' drops all bits but one. Give its results a wider type.")
    return found


def _entry(specification: Specification, stage: str, layer: str) -> Value:
    """The input as samples have it: any number, channels in front where pictures are convolved or pooled."""
    shape = specification.by_name[stage].shape
    return Value(layer, shape, None, first=len(shape) > 1 and _slides(specification, stage))


def _slides(specification: Specification, stage: str) -> bool:
    """Whether a window slides over what a stage yields, past stages that leave the places alone."""
    waiting, seen = [specification.by_name[stage]], {stage}
    while waiting:
        source = waiting.pop()
        for reader in (each for each in specification.stages if source.name in each.inputs):
            if _is_windowed(reader):
                return True
            if _keeps_places(source, reader) and reader.name not in seen:
                seen.add(reader.name)
                waiting.append(reader)
    return False


def _is_windowed(stage: Stage) -> bool:
    sliding = isinstance(stage.operation, Sum) and stage.operation.window is not None
    return sliding or isinstance(stage.operation, Pool | GlobalPool)


def _keeps_places(source: Stage, reader: Stage) -> bool:
    padded = len(reader.shape) == len(source.shape) and not isinstance(reader.operation, Cast)
    return (reader.shape == source.shape or padded) and not isinstance(reader.operation, Sum)
