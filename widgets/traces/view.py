"""What the table of layers shows, as a value."""

from dataclasses import dataclass

COLUMNS = ("Layer", "Off by", "Largest", "Mean", "Float range", "Hardware range", "Beyond type", "Type")
HELP = (
    "Layers in network order.",
    "Root mean square of the differences over that of the float network's values. A layer is wrong from 10 % on.",
    "Largest difference from the float network.",
    "Mean absolute difference from the float network.",
    "Smallest and largest value in the float network.",
    "Smallest and largest value in the hardware.",
    "Share of the float network's values that the layer's type cannot hold: they wrap around or are clipped.",
    "Type of the layer's result in the hardware.",
)
"""What each column means."""


_NOT_COMPARED = ("not compared", *("",) * (len(COLUMNS) - 2))


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One layer. Figures are texts in the order of COLUMNS behind the name."""

    id: str
    group: str
    kind: str
    figures: tuple[str, ...] = _NOT_COMPARED
    share: float = 0.0
    """Length of the bar, 0 to 1."""
    wrong: bool = False
    first: bool = False
    """Whether the hardware first goes wrong here."""
    known: bool = True
    """Whether the network still has the layer."""
    words: str = ""
    """All of it in a sentence or two, for the tool tip and screen readers."""

    @property
    def compared(self) -> bool:
        """Whether the hardware has an output of the layer to compare."""
        return self.figures is not _NOT_COMPARED


@dataclass(frozen=True, slots=True)
class TracesView:
    """One emulation. `tone` is that of the verdict: ok, danger or info; `age` says how old it is."""

    title: str = ""
    headline: str = ""
    verdict: str = ""
    tone: str = "info"
    age: str = ""
    scale: str = ""
    """What a full bar stands for."""
    rows: tuple[TraceRow, ...] = ()
    reason: str = ""
    """Why there is nothing to show."""

    @property
    def first(self) -> str:
        """The layer where the hardware first goes wrong, or ''."""
        return next((row.id for row in self.rows if row.first), "")

    @property
    def text(self) -> str:
        """The whole table, tabs between the columns."""
        heads = (self.title, self.headline, self.age, self.verdict)
        lines = ["\t".join(COLUMNS), *("\t".join((row.id, *row.figures)) for row in self.rows)]
        return "\n".join([line for line in heads if line] + lines) + "\n"


NO_TRACES = TracesView(reason="Each layer is being compared with the float network.")
"""Before the first comparison."""
