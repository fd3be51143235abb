"""What the inspector shows, as frozen values that need no Qt.

The inspector knows nothing of designs: whoever owns one describes the selected layers as an `InspectorView` and hands
the inspector a new one after every change. Parts that are None or empty are not shown. Lists that would grow with the
selection are tallied by the caller (see `describe.tally`), so that showing 300 layers costs what showing one does.
"""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from engine.design import Value
from engine.estimate import Quantity, Tier
from engine.precision import Auto, FixedType, Precision
from engine.ranges.histogram import Histogram

T = TypeVar("T")
ParamValue = bool | int | float | str | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tally(Generic[T]):
    """A value and how many of the selected layers have it."""

    value: T
    layers: int = 1


@dataclass(frozen=True, slots=True)
class HeaderView:
    """Name and subtitle; the icon is that of a layer kind (`group`, `kinds`) or one by name; none for an input."""

    title: str
    subtitle: str = ""
    group: str = ""
    kinds: tuple[str, ...] = ()
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line under the header, such as `Parameters`, `9,248 · 74.0 kbit`."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Spread:
    """A place that a type can be written to as well: `kind`, `Use for every Conv2D`."""

    scope: str
    label: str


@dataclass(frozen=True, slots=True)
class RoleView:
    """The type of one role (weights, bias, sum, result) over the selection, most frequent type first."""

    role: str
    label: str
    types: tuple[Tally[Precision], ...]
    origin: str = ""
    inherited: bool = False
    resettable: bool = False
    built: FixedType | None = None
    """What the converter makes of `auto`, where it is known."""
    histogram: Histogram | None = None
    """The numbers that are stored in this type, where they are known."""
    no_histogram: str = ""
    """Why they are not, and what to do about it."""
    noise_db: float | None = None
    """Ratio of signal to rounding noise in dB, where it is known."""
    spreads: tuple[Spread, ...] = ()
    off: str = ""
    """Why the type cannot be changed, or ''."""

    @property
    def value(self) -> Precision | None:
        """The type that all selected layers share; None where they differ."""
        return self.types[0].value if len(self.types) == 1 else None

    @property
    def fixed(self) -> FixedType | None:
        """The type to draw: the shared one, or what `auto` becomes."""
        return self.built if isinstance(self.value, Auto) else self.value


@dataclass(frozen=True, slots=True)
class ReuseView:
    """Reuse factors: legal ones (common to all selected layers, ascending), and what each of them would cost.

    `multipliers`, `amounts` (of `resource`) and `intervals` (cycles) have one entry for each legal value; empty where
    they are not known or the selection is mixed.
    """

    legal: tuple[int, ...]
    values: tuple[Tally[int], ...]
    before: int | None = None
    """The value before the running edit."""
    suggestion: int | None = None
    suggestion_text: str = ""
    multipliers: tuple[int, ...] = ()
    resource: str = "DSP"
    amounts: tuple[float, ...] = ()
    intervals: tuple[float, ...] = ()
    slowest: float | None = None
    """Interval of the layer that sets the rate, in cycles."""
    no_curves: str = ""
    """Why `intervals` are not known, for where the curves would be."""
    origin: str = ""
    inherited: bool = False
    resettable: bool = False
    off: str = ""

    @property
    def value(self) -> int | None:
        """The value that all selected layers share; None where they differ."""
        return self.values[0].value if len(self.values) == 1 else None


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One choice of a setting; `off` is the reason why it cannot be chosen, `layers` how many have it."""

    value: Value
    label: str
    off: str = ""
    layers: int = 0


@dataclass(frozen=True, slots=True)
class SettingView:
    """A setting made of choices, or a free whole number where there are none."""

    key: str
    label: str
    help: str
    values: tuple[Tally[Value], ...]
    choices: tuple[ChoiceView, ...] = ()
    origin: str = ""
    inherited: bool = False
    resettable: bool = False

    @property
    def value(self) -> Value | None:
        """The value that all selected layers share; None where they differ."""
        return self.values[0].value if len(self.values) == 1 else None


@dataclass(frozen=True, slots=True)
class ParamView:
    """A parameter of a layer kind, as its Param metadata describes it; value None: the layers differ."""

    name: str
    label: str
    help: str
    form: str
    """'flag', 'whole', 'real', 'choice', 'text' or 'extents' (whole numbers with × between)."""
    value: ParamValue | None
    minimum: int | float | None = None
    choices: tuple[str, ...] = ()
    length: int | None = None
    """How many extents there must be; None: any number."""


@dataclass(frozen=True, slots=True)
class InputView:
    """The form of an input layer: its shape, the type of its numbers, and what numbers those are."""

    shape: ParamView
    type: Precision
    values: str = ""


@dataclass(frozen=True, slots=True)
class CostRow:
    """One resource: what the selection takes, and its share (0 to 1) of the whole design."""

    resource: str
    label: str
    quantity: Quantity
    share: float | None = None


@dataclass(frozen=True, slots=True)
class CostView:
    """What the selected layers cost."""

    title: str
    tier: Tier
    rows: tuple[CostRow, ...]
    edits_old: int = 0


@dataclass(frozen=True, slots=True)
class BuiltRow:
    """A layer as the converter builds it; `layer` is the user's layer it leads to, '' for none."""

    name: str
    note: str
    own: bool = False
    layer: str = ""
    group: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuiltView:
    """What the converter builds for the selection; `source` names the converter and its version."""

    source: str
    rows: tuple[BuiltRow, ...]


@dataclass(frozen=True, slots=True)
class NoteView:
    """A fact worth saying about the selection; tone info, ok, warning or danger; `action` names its remedy."""

    text: str
    tone: str = "info"
    action: str = ""
    payload: object = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """An edit worth making and what it saves; `payload` is the caller's own."""

    title: str
    detail: str
    saving: str
    payload: object = field(default=None, compare=False)
    risky: bool = False
    """Whether it takes from the design what its user asked for."""
    layer: str = ""
    """What the edit is made on; of a long name the middle goes, of the title nothing."""


@dataclass(frozen=True, slots=True)
class AdviceView:
    """What to change first, ranked; `note` says what is wrong, and what to do where there are no rows."""

    source: str
    rows: tuple[AdviceRow, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class InspectorView:
    """Everything the inspector shows of a selection. `subject` names the selected layers; () for none."""

    subject: tuple[str, ...]
    header: HeaderView
    facts: tuple[Fact, ...] = ()
    notes: tuple[NoteView, ...] = ()
    hint: str = ""
    """The next step, where there is little else to show."""
    input: InputView | None = None
    precision: tuple[RoleView, ...] = ()
    reuse: ReuseView | None = None
    strategy: SettingView | None = None
    settings: tuple[SettingView, ...] = ()
    params: tuple[ParamView, ...] = ()
    params_source: str = ""
    cost: CostView | None = None
    built: BuiltView | None = None
    advice: AdviceView | None = None
