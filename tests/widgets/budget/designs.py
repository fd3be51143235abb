"""Made-up estimates and views for the budget's tests."""

from engine.boards import board
from engine.design import Requirement, Target
from engine.estimate import RESOURCES, Cost, Estimate, LayerCost, Quantity, Tier, exactly, total
from widgets.budget import BudgetRow, BudgetView, EditPoint, EditsView, Remark, Tile, Verdict, budget_view

LAYERS = ("stem", "block1_conv1", "block2_conv2", "pool")


def row(name="DSP", used=258.0, limit=220, ghost=None, low=None, high=None, label=None):
    """One row; exact unless an interval is given."""
    quantity = Quantity(used, used if low is None else low, used if high is None else high, "one per multiplier")
    return BudgetRow(name, label or name.replace("18", ""), quantity, limit, ghost)


def view(**changes):
    """The budget of the design pictures."""
    rows = (
        row("LUT", 40_770, 53_200, 37_450, 35_000, 48_000),
        row("FF", 44_300, 106_400, 39_990, 40_500, 49_000),
        row("DSP", 258, 220, 194),
        row("BRAM18", 76, 280, 62, 71, 82),
        row("URAM", 0, 0, 0),
    )
    tiles = (
        Tile("latency", Quantity(79.1, 73.2, 86.1, "first input to last output"), 90.6, 100.0),
        Tile("interval", exactly(4836), 4836, cause="block1_conv1"),
        Tile("rate", Quantity(20_678, 20_100, 21_000), 20_678, 20_000, "block1_conv1"),
    )
    verdict = Verdict(
        "danger",
        "DSP is 38 over the board.",
        Remark("block2_conv2", "uses half of them."),
        "Set 288",
        Remark("block2_conv2:", "reuse 288 frees 96."),
    )
    facts = {"rows": rows, "safe_share": 0.8, "tier": Tier.ESTIMATE, "tiles": tiles, "verdict": verdict}
    return BudgetView(**(facts | changes))


def estimate(dsp=(16, 64, 128, 0), board_id="pynq-z2", lut=(1000, 4000, 9000, 300), refusal=""):
    """Four layers; the third is the largest, the second the slowest."""
    layers = tuple(
        LayerCost(
            name,
            Cost(
                lut=exactly(lut[index]),
                ff=exactly(lut[index]),
                dsp=exactly(dsp[index], f"{dsp[index]} multipliers"),
                latency=exactly(100),
                interval=exactly(4836 if index == 1 else 1000),
            ),
        )
        for index, name in enumerate(LAYERS)
    )
    sums = [total(layer.cost.resource(name) for layer in layers) for name in RESOURCES]
    whole = Cost(*sums, latency=exactly(400), interval=exactly(4836))
    return Estimate(Target(board(board_id), 10.0), Tier.ESTIMATE, layers, whole, refusal)


def budget(made, before=None, requirement=None, safe_share=0.8, finding=None, **more):
    """Shortest way to a view."""
    return budget_view(made, before, requirement or Requirement(), safe_share, finding, **more)


def edits(shares, current=None):
    """Edits of two resources; `shares` are pairs."""
    points = tuple(EditPoint("Opened" if not k else f"Edit {k}", pair) for k, pair in enumerate(shares))
    return EditsView(points, len(points) - 1 if current is None else current, (("LUT", "LUT"), ("DSP", "DSP")))
