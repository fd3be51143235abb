"""What the budget shows, as values: rows of resources, figures of speed, and one sentence."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from engine.estimate import Quantity, Tier
from widgets.budget.accuracy_view import AccuracyView

AXIS_TOP = 1.3
"""Where the axis of the bars ends, as a share of the board."""

Figure = Literal["latency", "interval", "rate"]
Tone = Literal["danger", "warning", "ok", "info"]


class Level(Enum):
    """How a quantity stands against its limit."""

    UNKNOWN = "unknown"
    FITS = "fits"
    PAST_SAFE = "past safe"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One resource: pieces used, how many the board has, and pieces used before the current edit.

    `name` is one of RESOURCES and chooses colour and mark; `label` is what people read. A limit of None is a
    board without a figure; 0 is a board without the resource.
    """

    name: str
    label: str
    quantity: Quantity
    limit: int | None
    ghost: float | None = None

    @property
    def shown(self) -> bool:
        """Whether the row says anything: a resource that the board lacks and the design leaves alone does not."""
        return self.limit != 0 or self.quantity.value > 0

    def share(self, value: float) -> float | None:
        """Pieces as a share of the board; None where it has no figure, infinite where it has no pieces."""
        if self.limit is None:
            return None
        if self.limit == 0:
            return float("inf") if value > 0 else 0.0
        return value / self.limit

    @property
    def change(self) -> float:
        """Pieces more (or fewer) than before the current edit."""
        return 0.0 if self.ghost is None else self.quantity.value - self.ghost

    def level(self, safe_share: float) -> Level:
        """Against the board and the safe share of it (a fraction)."""
        if self.limit is None:
            return Level.UNKNOWN
        if self.quantity.value > self.limit:
            return Level.OVER
        return Level.PAST_SAFE if self.quantity.value > self.limit * safe_share else Level.FITS


@dataclass(frozen=True, slots=True)
class Simulated:
    """The same figure of a run that was simulated, in the tile's unit; None: the run hangs."""

    value: float | None
    reason: str
    stale: bool = False
    """Whether it is of an earlier design."""
    beside: str = ""
    """Whose figure the estimate's is, where it counts otherwise: `C synthesis`."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure of speed: latency in µs (bound: at most), interval in cycles, rate in inferences per second
    (bound: at least). `cause` is the layer that sets it."""

    kind: Figure
    quantity: Quantity
    ghost: float | None = None
    bound: float | None = None
    cause: str = ""
    simulated: Simulated | None = None

    @property
    def met(self) -> bool | None:
        """Whether the requirement holds; None where there is none."""
        if self.bound is None:
            return None
        return self.quantity.value >= self.bound if self.kind == "rate" else self.quantity.value <= self.bound

    @property
    def change(self) -> float:
        """Difference from before the current edit, in the quantity's unit."""
        return 0.0 if self.ghost is None else self.quantity.value - self.ghost

    @property
    def better(self) -> bool:
        """Whether the current edit improved it."""
        return self.change > 0 if self.kind == "rate" else self.change < 0


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a layer: the name gives way where there is no room, the words after it do not."""

    layer: str
    words: str

    @property
    def text(self) -> str:
        """In full."""
        return f"{self.layer} {self.words}".strip()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The sentence beneath: a fact and its cause; where one edit mends it, the button and what it would do."""

    tone: Tone
    fact: str
    cause: Remark = Remark("", "")
    fix: str = ""
    """Label of the button, such as `Set 288`."""
    remedy: Remark = Remark("", "")
    """What the fix does; said instead of the cause where the button is shown."""


@dataclass(frozen=True, slots=True)
class BudgetView:
    """Everything the budget shows.

    `safe_share` is a fraction of the board; `edits_old` above 0 marks numbers of an earlier design; `refusal` is
    the sentence that stands instead of numbers; `empty` is a design without layers.
    """

    rows: tuple[BudgetRow, ...]
    safe_share: float
    tier: Tier
    edits_old: int = 0
    tiles: tuple[Tile, ...] = ()
    verdict: Verdict | None = None
    refusal: str = ""
    empty: bool = False
    source: str = ""
    """Where the numbers come from, in words; '' for the tier's name."""
    accuracy: AccuracyView | None = None
    """What the hardware's answers are worth; None where nobody evaluates them."""

    @property
    def shown_rows(self) -> tuple[BudgetRow, ...]:
        """The rows that say anything."""
        return tuple(row for row in self.rows if row.shown)

    @property
    def stale(self) -> bool:
        """Whether the numbers are of an earlier design."""
        return self.edits_old > 0


NOTHING = BudgetView((), 0.8, Tier.ESTIMATE, empty=True)
"""Before there is anything to show."""
