"""A flow turns a design into hardware. Window and command line know flows only through this protocol."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from engine.boards import Board
from engine.calibration import NO_RUNS, OwnRuns
from engine.dataflow import Fifo, Streams
from engine.design import Design, Effective, Settings, Value
from engine.estimate import Axis, Estimate, Level, Sweep
from engine.flows.shared_engine import SharedEngine
from engine.network import TensorStore


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One setting of a layer: what it is called, which values are legal now, and why others are not."""

    key: str
    label: str
    kind: str
    """'precision', 'number' (legal values in `choices`, ascending) or 'choice'."""
    help: str
    choices: tuple[Value, ...] = ()
    off: tuple[tuple[Value, str], ...] = ()
    """Values that exist but are not legal here, each with the reason."""


@dataclass(frozen=True, slots=True)
class BuiltLayer:
    """A layer as the flow's converter builds it; `sources` are the user's layers it comes from."""

    name: str
    kind: str
    sources: tuple[str, ...]
    note: str
    """'yours', 'inserted', 'merged', 'stream' ..."""


@dataclass(frozen=True, slots=True)
class JobStep:
    """A part of a job that one may want or not."""

    key: str
    """The job's argument, which is True where the step is wanted."""
    label: str
    help: str
    """What it gives, in one sentence."""
    time: str
    """How long it takes, in words: half a minute or half a day."""
    always: bool = False
    """Whether the job cannot do without it; it is no argument then."""
    once: bool = False
    """Whether it is an exception that is asked for each time anew."""


@dataclass(frozen=True, slots=True)
class JobOffer:
    """A job that a flow can run on a design; `off` says why it cannot now."""

    action: str
    """'convert', 'emulate' or 'synthesise'."""
    label: str
    entry: str
    """Function that a worker runs, as 'module:function'."""
    warm: bool = False
    """Whether it may run on the shared warm worker: seconds of Python, no vendor tool."""
    off: str = ""
    tool: str = ""
    """Id in `engine.environment` of the tool it runs; '' where the studio itself is enough. A job with a tool takes
    `tool_paths`, and `remote` to run it on another computer, as `Computer.remote` describes it."""
    steps: tuple[JobStep, ...] = ()
    """Its parts, in their order, where there is a choice."""
    not_offered: str = ""
    """What its tool could do besides, and why it is not among the parts, in plain sentences."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """Work that makes this computer ready for a flow's jobs, once for all: any job would else do it first."""

    title: str
    entry: str
    """Function that a worker runs, as 'module:function'."""
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Remedy:
    """An edit that a failed job calls for; `label` names its result."""

    label: str
    edit: Callable[[Design], Design]


@dataclass(frozen=True, slots=True)
class Risk:
    """What may keep the tool from finishing a design: `detail` has the evidence, `remedies` the ways round it."""

    title: str
    detail: str
    layers: tuple[str, ...]
    chance: float | None
    """Share of the known runs alike that failed; None where none is known."""
    certain: bool = False
    """Whether the tool refuses it always."""
    remedies: tuple[Remedy, ...] = ()


class Comparer(Protocol):
    """Computes what the hardware of one design after the other would, bit for bit, without any tool."""

    def compare(self, design: Design, data: Path | None = None, most: int | None = None) -> dict[str, Any]:
        """Compare a design with the float network, on samples from a file, else of its data set, else of the example,
        else on made-up ones; at most `most`. The result is that of an emulate job. Raises ValueErrors that say why not.
        """
        ...


class Flow(Protocol):
    """The five questions every flow answers: boards, settings, lowering, cost, jobs."""

    id: str
    label: str

    @property
    def estimator(self) -> str:
        """Digest of what its estimates follow from: runs teach only the estimator that foretold them."""
        ...

    def refuses(self, board: Board) -> str:
        """Why this flow cannot build for a board, or ''."""
        ...

    def settings(self, design: Design, layer: str) -> tuple[SettingSpec, ...]:
        """The settings a layer has."""
        ...

    def resolve(self, design: Design, layer: str, key: str) -> Effective | None:
        """The value the built hardware will have; None where the layer has no such setting."""
        ...

    def lower(self, design: Design) -> tuple[BuiltLayer, ...]:
        """What the converter will build, in order."""
        ...

    def at(self, level: Level, own: OwnRuns = NO_RUNS) -> "Flow":
        """The same flow, whose estimates foretell the reports of a level, as own runs correct them.

        If not asked: of C synthesis, as shipped.
        """
        ...

    def estimate(self, design: Design, tensors: TensorStore | None) -> Estimate:
        """What it will cost; fast enough for every frame of a drag."""
        ...

    def foldings(self, design: Design) -> tuple[Axis, ...]:
        """Each layer that may share its hardware more or less, with every way of it that is worth trying."""
        ...

    def folded_by_rule(self, design: Design, cycles: float) -> dict[str, Settings]:
        """Settings by layer as the flow's usual rule gives them for an interval of so many cycles."""
        ...

    def shared_engines(self, design: Design, tensors: TensorStore | None) -> tuple[SharedEngine, ...]:
        """The network on one unit that takes all layers in turn, in every size; empty where the flow has none."""
        ...

    def sweep(self, design: Design, axes: Sequence[Axis], tensors: TensorStore | None) -> Sweep:
        """The same for many settings of one network at once. Raises SweepError."""
        ...

    def streams(self, design: Design) -> Streams:
        """The built design as processes and FIFOs, for the simulator. Raises NotStreamedError."""
        ...

    def fifo_between(self, design: Design, source: str, target: str) -> str:
        """Name of the FIFO through which one of the user's layers reads another as built; '' if there is none."""
        ...

    def fifo_bram18(self, fifo: Fifo, depth: int) -> int:
        """RAMB18 that one of these FIFOs takes at a depth."""
        ...

    def risks(self, design: Design) -> tuple[Risk, ...]:
        """What the tool may not be able to synthesise, though every setting is legal."""
        ...

    def jobs(self, design: Design) -> tuple[JobOffer, ...]:
        """What can be run on it."""
        ...

    def preparation(self, board: Board) -> Preparation | None:
        """What jobs for a board would have to wait for; None where this computer is ready. Found in a moment."""
        ...

    def comparer(self, tensors: TensorStore) -> Comparer:
        """What evaluates designs with these weights at once."""
        ...

    def remedies(self, folder: Path) -> tuple[Remedy, ...]:
        """Edits that would mend what made a job of this flow fail; `folder` is the job's."""
        ...
