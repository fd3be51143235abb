"""The open flow: Verilog of the studio's own, mapped with Yosys, for boards of every family that it knows."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path

from engine.boards import Board, Family
from engine.calibration import NO_RUNS, Calibrator, OwnRuns
from engine.dataflow import Fifo, NotStreamedError, Streams
from engine.design import REUSE_FACTOR, Design, Effective, Settings, set_on_layers
from engine.environment import program_compiler, without_compiler
from engine.estimate import Axis, Cost, Estimate, Level, Sweep, SweepError, Tier, combinations
from engine.flows.flow import BuiltLayer, Comparer, JobOffer, JobStep, Preparation, Remedy, Risk, SettingSpec
from engine.flows.hls4ml.effective import effective_type, effective_value, units_of
from engine.flows.hls4ml.exact.lower import builder_of
from engine.flows.hls4ml.rules import folds
from engine.flows.hls4ml.settings import type_keys
from engine.flows.labels import LABELS, OPEN_FLOW
from engine.flows.one_by_one import MOST, OneByOne
from engine.flows.problem import Problem
from engine.flows.reuse import reuse_axes, reuse_of, uniform_reuse
from engine.flows.rtl.cost.estimator import Estimator
from engine.flows.rtl.cost.formulas import digest
from engine.flows.rtl.draft import Draft, Drafter
from engine.flows.rtl.job.misfit import kept
from engine.flows.rtl.job.preparing import waiting
from engine.flows.rtl.place.device import device_of
from engine.flows.rtl.settings import HLS_ONLY, own_specs
from engine.flows.rtl.size import too_large
from engine.flows.shared_engine import SharedEngine
from engine.network import TensorStore

FAMILIES = (Family.SERIES_7, Family.ULTRASCALE_PLUS, Family.ECP5, Family.GOWIN, Family.ICE40)
"""What Yosys maps for."""
_MOST_MULTIPLIERS = 1024
"""Of one layer, where a search chooses its reuse factor."""
_CONVERT = JobOffer("convert", "Write Verilog", "engine.flows.rtl.convert:convert")
_STEPS = (
    JobStep(
        "simulate",
        "Simulation",
        "Runs the Verilog on frames: every bit as hls4ml computes it, in the cycles foretold.",
        "seconds to minutes, beside the synthesis",
        always=True,
    ),
    JobStep(
        "synthesis",
        "Logic synthesis",
        "Yosys maps each layer to the part's cells: what it takes. A layer that has not changed is not mapped again.",
        "seconds to minutes a layer",
        always=True,
    ),
)
_PLACE = JobStep(
    "place_and_route",
    "Place and route",
    "nextpnr puts the design on the board: the clock it can have, whether it fits, and a bitstream that answers "
    "samples over the board's serial line.",
    "minutes",
)
_OVERSIZED = JobStep(
    "oversized_designs",
    "Oversized designs",
    "Goes on where the estimate says that the design does not fit the board: its layers are counted all the same.",
    "as long as for one that fits, or longer",
    once=True,
)
_NOT_OFFERED = "For AMD's parts there is no open place and route in the studio: the clock is not timed."
_BUILD = JobOffer("synthesise", "Build hardware", "engine.flows.rtl.job.hardware:build_hardware", steps=_STEPS)
_PREPARE = "engine.flows.rtl.job.preparing:prepare_tools"
_EMULATE = JobOffer(
    "emulate",
    "Emulate",
    "",
    off="there is no C++ to emulate: the Verilog is simulated as it is built, and evaluated bit for bit without a job",
)


class RtlFlow:
    """Every layer as a module that streams, folded by its reuse factor, with the arithmetic of hls4ml."""

    id = OPEN_FLOW
    label = LABELS[id]

    def __init__(self) -> None:
        self._builder = builder_of(OPEN_FLOW)
        self._drafter = Drafter()
        self._estimator, self._own, self._calibrator = Estimator(), NO_RUNS, Calibrator()

    @property
    def estimator(self) -> str:
        """Digest of the learned formulas."""
        return digest()

    def refuses(self, board: Board) -> str:
        """Yosys maps for most families, not for all."""
        if board.family in FAMILIES:
            return ""
        known = ", ".join(family.label for family in FAMILIES)
        return f"Yosys does not map for {board.family.label}, the family of {board.name}; it does for {known}."

    def settings(self, design: Design, layer: str) -> tuple[SettingSpec, ...]:
        """The settings of a layer; none once it is merged into another one."""
        hardware, own = self._builder.build(design), design.network[layer]
        built = units_of(hardware, layer) or own.op.KIND == "softmax" or design.network.shapes[layer] is None
        return own_specs(design, own, hardware.choices[layer]) if built else ()

    def resolve(self, design: Design, layer: str, key: str) -> Effective | None:
        """The value that the hardware has, and where it comes from."""
        hardware = self._builder.build(design)
        if key in HLS_ONLY:
            return None
        if key in type_keys(design.network[layer]) or key == "result":
            return effective_type(design, hardware, layer, key)
        return effective_value(design, hardware, layer, key)

    def lower(self, design: Design) -> tuple[BuiltLayer, ...]:
        """The modules, in order; before there are any, the layers that they are made for."""
        hardware = self._drafter.known(design).hardware
        if hardware is None:
            nodes = self._builder.build(design).plan.nodes
            return tuple(BuiltLayer(node.name, node.kind, node.sources, node.note) for node in nodes)
        return tuple(_built(block.module, block.layers) for block in hardware.blocks)

    def at(self, level: Level, own: OwnRuns = NO_RUNS) -> "RtlFlow":
        """The same flow, corrected by own runs: it has one tool, so one level."""
        if own is self._own:
            return self
        other = copy(self)
        other._own = own
        return other

    def estimate(self, design: Design, tensors: TensorStore | None) -> Estimate:
        """What Yosys will count, as own runs correct it; cycles and multipliers are certain."""
        draft = self._drafter.draft(design, tensors)
        refusal = self._refusal(design, draft)
        if refusal or draft.hardware is None:
            return Estimate(design.target, Tier.ESTIMATE, (), Cost(), refusal, Level.LOGIC_SYNTHESIS)
        own = self._own.of(self.id, Level.LOGIC_SYNTHESIS, design.target.board.family.value)
        return self._calibrator.calibrated(self._estimator.estimate(design, draft.hardware), own)

    def foldings(self, design: Design) -> tuple[Axis, ...]:
        """Every legal reuse factor of each layer, but for those that no Yosys would map in reasonable time."""
        axes = reuse_axes(design, self)
        return tuple(Axis(axis.layer, tuple(_mappable(design, axis))) for axis in axes)

    def folded_by_rule(self, design: Design, cycles: float) -> dict[str, Settings]:
        """One reuse factor for all layers."""
        return uniform_reuse(self.foldings(design), cycles)

    def shared_engines(self, design: Design, tensors: TensorStore | None) -> tuple[SharedEngine, ...]:
        """None: every layer is hardware of its own."""
        return ()

    def sweep(self, design: Design, axes: Sequence[Axis], tensors: TensorStore | None) -> Sweep:
        """Settings of this flow are estimated one by one, so not too many. Raises SweepError."""
        if refusal := self.estimate(design, tensors).refusal:
            raise SweepError(refusal)
        if (count := combinations(axes)) > MOST:
            reason = f"The open flow estimates settings one by one, {MOST:,} at most; these are {count:,}."
            raise SweepError(f"{reason} Let fewer layers vary, or fewer values.")
        return OneByOne(design, axes, lambda each: self.estimate(each, tensors))

    def streams(self, design: Design) -> Streams:
        """Nothing to simulate: the cycles of the modules follow from formulas. Raises NotStreamedError."""
        raise NotStreamedError("The open flow needs no simulated run: its modules take the cycles that are foretold.")

    def fifo_between(self, design: Design, source: str, target: str) -> str:
        """Modules hand their words on without a FIFO that one could choose."""
        return ""

    def fifo_bram18(self, fifo: Fifo, depth: int) -> int:
        """No such FIFOs."""
        return 0

    def risks(self, design: Design) -> tuple[Risk, ...]:
        """Layers that no Verilog can be made for, or that Yosys would not map in reasonable time."""
        if not design.network.layers:
            return ()
        found = self._drafter.known(design).problems
        refused = [_risk(design, "cannot be built as Verilog", each) for each in found]
        return (*refused, *(_risk(design, "is too large for Yosys", each) for each in self._too_large(design)))

    def jobs(self, design: Design) -> tuple[JobOffer, ...]:
        """Write the Verilog, and build hardware of it."""
        off = self._refusal(design, self._drafter.known(design)) if design.network.layers else "The network is empty."
        too_large = [str(each) for each in self._too_large(design)] if not off else []
        board = design.target.board
        steps = (*_steps(), *([] if device_of(board) is None else [_PLACE]), _OVERSIZED)
        return (
            replace(_CONVERT, off=off),
            _EMULATE,
            replace(
                _BUILD, off=off or "".join(too_large[:1]), steps=steps, not_offered=_NOT_OFFERED if board.is_amd else ""
            ),
        )

    def preparation(self, board: Board) -> Preparation | None:
        """Compiling the tools that have not been used on this computer yet."""
        tools = waiting(board)
        names = ", ".join(tool.title for tool in tools)
        return Preparation(f"Prepare {names}", _PREPARE, {"tools": [tool.id for tool in tools]}) if tools else None

    def comparer(self, tensors: TensorStore) -> Comparer:
        """The whole-number model beside the float network: the Verilog gives the same bits."""
        # NumPy's arithmetic: not where only estimates are wanted.
        from engine.flows.hls4ml import evaluate

        return evaluate.Comparer(tensors)

    def remedies(self, folder: Path) -> tuple[Remedy, ...]:
        """The reuse factor that frees most of what a board has not; all else is a finding before a job starts."""
        misfit = kept(folder)
        if misfit is None or not misfit.layer:
            return ()
        layer, factor = misfit.layer, misfit.reuse_factor
        return (Remedy(f"Set {factor:,}", lambda design: set_on_layers(design, (layer,), REUSE_FACTOR, factor)),)

    def _too_large(self, design: Design) -> tuple[Problem, ...]:
        return too_large(self.estimate(design, None))

    def _refusal(self, design: Design, draft: Draft) -> str:
        problems = [str(each) for each in draft.problems[:1]]
        return next(filter(None, (self.refuses(design.target.board), *problems)), "")


def _steps() -> tuple[JobStep, ...]:
    """The steps that are always taken; a simulation without a compiler is none."""
    simulation, *others = _STEPS
    why = f"Left out: no C++ compiler was found, which is needed to prove every bit. {without_compiler()}"
    return (simulation if program_compiler() else replace(simulation, help=why), *others)


def _risk(design: Design, what: str, problem: Problem) -> Risk:
    return Risk(
        f"{problem.layer or 'The design'} {what}",
        f"{problem.reason} {problem.remedy}".strip(),
        (problem.layer,) if problem.layer in design.network else (),
        None,
        certain=True,
    )


def _built(module: str, layers: tuple[str, ...]) -> BuiltLayer:
    """A module stands for the layer it is made for, and for those computed behind it in the same cycles."""
    first, *others = layers or (module,)
    note = "yours" if not others else f"with {', '.join(others)}"
    return BuiltLayer(module, "module", layers or (first,), note)


def _mappable(design: Design, axis: Axis) -> Iterator[Settings]:
    """Candidates with multipliers that a board may have; the slowest one in any case."""
    shapes = design.network.input_shapes(axis.layer) or ()
    products = max((fold.products for fold in folds(design.network[axis.layer].op, shapes)), default=0)
    for candidate in axis.candidates:
        if products <= _MOST_MULTIPLIERS * reuse_of(candidate) or candidate is axis.candidates[-1]:
            yield candidate
