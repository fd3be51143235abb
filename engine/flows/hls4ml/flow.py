"""hls4ml as a flow: one instance for each of its back ends."""

import hashlib
from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from functools import cache, partial
from math import prod
from pathlib import Path

from engine.boards import Board
from engine.calibration import NO_RUNS, CalibratedSweep, Calibrator, Own, OwnRuns
from engine.dataflow import Fifo, NotStreamedError, Streams
from engine.design import Design, Effective, Settings
from engine.estimate import Axis, Cost, Estimate, Level, Sweep, SweepError, Tier
from engine.flows.flow import BuiltLayer, Comparer, JobOffer, Remedy, Risk, SettingSpec
from engine.flows.hls4ml.backends import ACCELERATOR_BOARDS, Backend
from engine.flows.hls4ml.cost.corrections import FILE
from engine.flows.hls4ml.dataflow import blocks, streams
from engine.flows.hls4ml.effective import effective_type, effective_value, units_of
from engine.flows.hls4ml.estimator import Estimator
from engine.flows.hls4ml.failing import risks
from engine.flows.hls4ml.fifos import fifos_of
from engine.flows.hls4ml.hardware import Builder
from engine.flows.hls4ml.rules import parallel_off
from engine.flows.hls4ml.settings import specs, type_keys
from engine.flows.hls4ml.support import unbuildable
from engine.flows.hls4ml.sweep import TabledSweep
from engine.flows.hls4ml.synthesis.offered import NOT_OFFERED, offered
from engine.flows.labels import LABELS
from engine.flows.reuse import reuse_axes, uniform_reuse
from engine.flows.shared_engine import SharedEngine
from engine.network import TensorStore

_ESTIMATED = ("Vitis", "Vivado", "VivadoAccelerator")
_JOBS = (
    JobOffer("convert", "Convert", "engine.flows.hls4ml.convert:convert", warm=True),
    JobOffer("emulate", "Emulate", "engine.flows.hls4ml.emulate:emulate", warm=True),
    JobOffer("synthesise", "Synthesise", "engine.flows.hls4ml.synthesise:synthesise"),
)


class Hls4mlFlow:
    """hls4ml with one of its back ends. It keeps what it worked out; equal designs give equal answers."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.id = backend.flow
        self.label = LABELS[backend.flow]
        # hls4ml copies the smaller input of a streamed merge for its back end named Vivado only.
        self._builder = Builder(broadcasts=backend.name == "Vivado")
        self._estimator = Estimator(self._builder)
        self._level, self._own, self._calibrator = Level.C_SYNTHESIS, NO_RUNS, Calibrator()

    @property
    def estimator(self) -> str:
        """Digest of the learned corrections: they are fitted anew whenever formulas change."""
        return _digest()

    def refuses(self, board: Board) -> str:
        """AMD back ends build for AMD parts; the accelerator only where hls4ml has a shell around it."""
        if self.backend.is_amd and not board.is_amd:
            return (
                f"{self.backend.label} builds for AMD parts only; the part of {board.name} is "
                f"{board.family.vendor} {board.family.label}. It needs the open flow."
            )
        if self.backend.name == "VivadoAccelerator" and board.id not in ACCELERATOR_BOARDS:
            return (
                f"hls4ml has no accelerator shell for {board.name}, only for {', '.join(sorted(ACCELERATOR_BOARDS))}."
            )
        return ""

    def settings(self, design: Design, layer: str) -> tuple[SettingSpec, ...]:
        """The settings of a layer; none once it is merged into another one."""
        hardware = self._builder.build(design)
        own = design.network[layer]
        built = units_of(hardware, layer) or own.op.KIND == "softmax" or design.network.shapes[layer] is None
        if not built:
            return ()
        return specs(design, own, hardware.choices[layer], vitis=self.backend.name == "Vitis")

    def resolve(self, design: Design, layer: str, key: str) -> Effective | None:
        """The value that the built hardware has, where it comes from, and what was asked if it was replaced."""
        hardware = self._builder.build(design)
        if key in type_keys(design.network[layer]) or key == "result":
            return effective_type(design, hardware, layer, key)
        return effective_value(design, hardware, layer, key)

    def lower(self, design: Design) -> tuple[BuiltLayer, ...]:
        """What the converter builds, in order."""
        nodes = self._builder.build(design).plan.nodes
        return tuple(BuiltLayer(node.name, node.kind, node.sources, node.note) for node in nodes)

    def at(self, level: Level, own: OwnRuns = NO_RUNS) -> "Hls4mlFlow":
        """The same flow with estimates of a level, as own runs correct them; what was worked out is shared."""
        if level is self._level and own is self._own:
            return self
        other = copy(self)
        other._level, other._own = level, own
        return other

    def estimate(self, design: Design, tensors: TensorStore | None) -> Estimate:
        """Cost at the flow's level, or why there is no number."""
        refusal = self._no_estimate(design)
        if refusal:
            return Estimate(design.target, Tier.ESTIMATE, (), Cost(), refusal, self._level)
        return self._calibrator.calibrated(self._estimator.estimate(design, tensors, self._level), self._runs(design))

    def foldings(self, design: Design) -> tuple[Axis, ...]:
        """Every legal reuse factor of each layer."""
        return reuse_axes(design, self)

    def folded_by_rule(self, design: Design, cycles: float) -> dict[str, Settings]:
        """One reuse factor for all layers."""
        return uniform_reuse(self.foldings(design), cycles)

    def shared_engines(self, design: Design, tensors: TensorStore | None) -> tuple[SharedEngine, ...]:
        """None: every layer is hardware of its own."""
        return ()

    def sweep(self, design: Design, axes: Sequence[Axis], tensors: TensorStore | None) -> Sweep:
        """Tables of what the layers that vary may cost. Raises SweepError, also where there is no estimate."""
        refusal = self._no_estimate(design)
        if refusal:
            raise SweepError(refusal)
        site = self._estimator.site(design.target, self._level)
        bare = TabledSweep(design, axes, self._builder, site, tensors)
        own = self._runs(design)
        return CalibratedSweep(bare, own) if own.networks else bare

    def _runs(self, design: Design) -> Own:
        return self._own.of(self.id, self._level, design.target.board.family.value)

    def streams(self, design: Design) -> Streams:
        """The layers as they stream, of the back ends whose schedules are known. Raises NotStreamedError."""
        off = self._not_streamed(design)
        if off:
            raise NotStreamedError(off)
        return streams(self._builder.build(design), self.backend.name, dict(design.fifo_depths))

    def fifo_between(self, design: Design, source: str, target: str) -> str:
        """The FIFO between two layers, copies and paddings of a stream counted to the layer they are made for."""
        hardware = self._builder.build(design)
        sources = {name: unit.node.sources for name, unit in hardware.units.items()}
        for writer, reader, name in fifos_of(hardware.plan):
            if source in sources[writer] and target in sources.get(reader, ()):
                return name
        return ""

    def fifo_bram18(self, fifo: Fifo, depth: int) -> int:
        """RAMB18 of a FIFO."""
        return blocks(fifo, depth, vitis=self.backend.name == "Vitis")

    def _not_streamed(self, design: Design) -> str:
        if design.target.io_type != "io_stream":
            return "Only streamed designs are simulated: with io_parallel all layers move in step. Choose io_stream."
        if self.backend.name not in _ESTIMATED:
            return f"How {self.backend.label} schedules streams is not known to the studio yet."
        found = unbuildable(design)
        return str(found[0]) if found else ""

    def _no_estimate(self, design: Design) -> str:
        if self.backend.name not in _ESTIMATED:
            return f"There is no estimator for {self.backend.label} yet, so no numbers are shown."
        return self.refuses(design.target.board)

    def risks(self, design: Design) -> tuple[Risk, ...]:
        """What AMD's tools may not finish; of the others no labelled runs are known."""
        if not self.backend.is_amd:
            return ()
        return tuple(risks(design, self._builder.build(design), vitis=self.backend.name == "Vitis"))

    def jobs(self, design: Design) -> tuple[JobOffer, ...]:
        """Convert, emulate and synthesise; off where the board does not fit or there is nothing to build."""
        off = self.refuses(design.target.board)
        if not off and not design.network.layers:
            off = "The network is empty."
        convert, emulate, synthesise = (replace(offer, off=off) for offer in _JOBS)
        synthesise = replace(
            synthesise,
            off=off or self._too_wide(design),
            tool=self.backend.tool_id,
            steps=offered(self.backend),
            not_offered=NOT_OFFERED,
        )
        return (convert, emulate, synthesise)

    def preparation(self, board: Board) -> None:
        """Nothing: a vendor's tool is ready where it is installed."""

    def comparer(self, tensors: TensorStore) -> Comparer:
        """The whole-number model beside the float network."""
        # NumPy's arithmetic: not where only estimates are wanted.
        from engine.flows.hls4ml import evaluate

        return evaluate.Comparer(tensors)

    def remedies(self, folder: Path) -> tuple[Remedy, ...]:
        """The fixes that the tool's own words led to."""
        # The table of failures and the parsers of reports: only once a job has failed.
        from engine.flows.hls4ml import failures

        explanation = failures.load(folder)
        fixes = explanation.fixes if explanation else ()
        return tuple(Remedy(fix.label, partial(failures.applied, fix)) for fix in fixes)

    def _too_wide(self, design: Design) -> str:
        """The converter takes any tensor; the tool does not."""
        if design.target.io_type != "io_parallel" or not self.backend.is_amd:
            return ""
        return parallel_off(max((shape for shape in design.network.shapes.values() if shape), key=prod, default=()))


@cache
def _digest() -> str:
    return hashlib.sha256(FILE.read_bytes()).hexdigest()[:12]
