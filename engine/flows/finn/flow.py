"""FINN as a flow: estimates by its own formulas, without FINN, which needs Docker and Vivado."""

from collections.abc import Sequence
from pathlib import Path

from engine.boards import Board
from engine.calibration import NO_RUNS, OwnRuns
from engine.dataflow import Fifo, NotStreamedError, Streams
from engine.design import Design, Effective, Settings
from engine.estimate import Axis, Cost, Estimate, Level, Sweep, SweepError, Tier
from engine.flows.finn.candidates import folding_axes
from engine.flows.finn.cost.streams import fifo_blocks
from engine.flows.finn.dataflow import streams
from engine.flows.finn.estimator import estimate
from engine.flows.finn.offload import shared_engines
from engine.flows.finn.planner import Built, Planner
from engine.flows.finn.risks import risks
from engine.flows.finn.set_folding import set_folding
from engine.flows.finn.settings import resolved, specs
from engine.flows.finn.sweep import FoldingSweep
from engine.flows.finn.unit import Kind, Unit
from engine.flows.flow import BuiltLayer, Comparer, JobOffer, Preparation, Remedy, Risk, SettingSpec
from engine.flows.labels import LABELS
from engine.flows.shared_engine import SharedEngine
from engine.network import TensorStore

_OFF = "FINN builds hardware in its own Docker image with Vivado, which the studio does not run"
_JOBS = (
    JobOffer("convert", "Convert", "", off=_OFF),
    JobOffer("emulate", "Emulate", "", off=_OFF),
    JobOffer("synthesise", "Synthesise", "", off=_OFF),
)


class FinnFlow:
    """One unit for each layer, folded by PE and SIMD, with streams between them."""

    id = "finn"
    label = LABELS[id]
    estimator = "finn-r"

    def __init__(self) -> None:
        self._planner = Planner()
        self._axes: tuple[Design, tuple[Axis, ...]] | None = None

    def refuses(self, board: Board) -> str:
        """FINN builds with Vivado."""
        if board.is_amd:
            return ""
        return f"FINN builds with Vivado, for AMD parts only; the part of {board.name} is {board.family.label}."

    def settings(self, design: Design, layer: str) -> tuple[SettingSpec, ...]:
        """The settings of a layer."""
        built = self._planner.known(design)
        return specs(design.network[layer], [each.unit for each in built.of_layer(layer)])

    def resolve(self, design: Design, layer: str, key: str) -> Effective | None:
        """The value that the hardware has, and where it comes from."""
        built = self._planner.known(design)
        return resolved(design, design.network[layer], key, built.of_layer(layer), built.end_of(layer))

    def lower(self, design: Design) -> tuple[BuiltLayer, ...]:
        """FINN's layers, in order, width converters included."""
        built = self._planner.known(design)
        converted = {wire.reader for wire in built.wires if wire.converts}
        return tuple(
            layer
            for each in built.folded.values()
            if each.unit.kind is not Kind.INPUT
            for layer in _built_layers(each.unit, each.unit.name in converted)
        )

    def at(self, level: Level, own: OwnRuns = NO_RUNS) -> "FinnFlow":
        """The same flow: its formulas foretell logic synthesis, and no runs of FINN correct them."""
        return self

    def estimate(self, design: Design, tensors: TensorStore | None) -> Estimate:
        """What FINN's formulas give."""
        built = self._planner.build(design, tensors)
        refusal = self._refusal(design, built)
        if refusal:
            return Estimate(design.target, Tier.ESTIMATE, (), Cost(), refusal, Level.LOGIC_SYNTHESIS)
        return estimate(design, built.folded, built.wires)

    def foldings(self, design: Design) -> tuple[Axis, ...]:
        """PE, SIMD, multipliers and memory of each layer, without what others beat; kept for the last design."""
        if self._axes is None or self._axes[0] is not design:
            self._axes = design, folding_axes(design, self._planner.known(design))
        return self._axes[1]

    def folded_by_rule(self, design: Design, cycles: float) -> dict[str, Settings]:
        """As FINN's SetFolding folds for a target."""
        return set_folding(self._planner.known(design).plan.units, cycles)

    def shared_engines(self, design: Design, tensors: TensorStore | None) -> tuple[SharedEngine, ...]:
        """The network on one matrix unit that takes all layers in turn; nothing where there is no estimate."""
        built = self._planner.build(design, tensors)
        return () if self._refusal(design, built) else tuple(shared_engines(built.plan.units))

    def sweep(self, design: Design, axes: Sequence[Axis], tensors: TensorStore | None) -> Sweep:
        """Tables of what the layers that vary take. Raises SweepError, also where there is no estimate."""
        built = self._planner.build(design, tensors)
        refusal = self._refusal(design, built)
        if refusal:
            raise SweepError(refusal)
        return FoldingSweep(design, axes, built)

    def streams(self, design: Design) -> Streams:
        """The units as they stream, pixel by pixel. Raises NotStreamedError."""
        built = self._planner.known(design)
        refusal = self._refusal(design, built)
        if refusal or not built.folded:
            raise NotStreamedError(refusal or "The network is empty.")
        return streams(built.folded, built.wires, built.plan.outputs)

    def fifo_between(self, design: Design, source: str, target: str) -> str:
        """The FIFO through which one layer reads another."""
        built = self._planner.known(design)
        for wire in built.wires:
            writer, reader = built.folded[wire.writer].unit, built.folded[wire.reader].unit
            if source in writer.sources and target in reader.sources:
                return wire.name
        return ""

    def fifo_bram18(self, fifo: Fifo, depth: int) -> int:
        """RAMB18 of a FIFO with room for so many pixels."""
        return fifo_blocks(depth * fifo.lanes, fifo.bits // fifo.lanes)

    def risks(self, design: Design) -> tuple[Risk, ...]:
        """Layers that FINN has no unit for, and what else keeps it from building the design."""
        return tuple(risks(design, self._planner.known(design).problems)) if design.network.layers else ()

    def jobs(self, design: Design) -> tuple[JobOffer, ...]:
        """None that the studio could run."""
        return _JOBS

    def preparation(self, board: Board) -> Preparation | None:
        """Nothing to get ready."""
        return None

    def comparer(self, tensors: TensorStore) -> Comparer:
        """The network in whole numbers, with thresholds, beside the float one."""
        # NumPy's arithmetic: not where only estimates are wanted.
        from engine.flows.finn import evaluate

        return evaluate.Comparer(tensors)

    def remedies(self, folder: Path) -> tuple[Remedy, ...]:
        """No job of this flow can fail."""
        return ()

    def _refusal(self, design: Design, built: Built) -> str:
        return self.refuses(design.target.board) or next(map(str, built.problems), "")


def _built_layers(unit: Unit, converted: bool) -> list[BuiltLayer]:
    others = ", ".join(unit.sources[1:])
    note = f"with {others}" if others else "yours" if unit.name == unit.layer else "inserted"
    own = BuiltLayer(unit.name, unit.kind.value, unit.sources, note)
    if not converted:
        return [own]
    name = f"{unit.name}_converter"
    return [BuiltLayer(name, "StreamingDataWidthConverter", unit.sources[:1], "inserted"), own]
