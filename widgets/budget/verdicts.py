"""What a budget comes to: the gravest problem and the layer behind it, or that all is well."""

from engine.advice import Finding
from engine.estimate import Estimate
from widgets.budget.numbers import grouped, with_unit
from widgets.budget.view import BudgetRow, Level, Remark, Simulated, Tile, Verdict
from widgets.budget.words import TITLES, share_text

_SMALL_PART = 0.05


def verdict_on(
    estimate: Estimate,
    rows: tuple[BudgetRow, ...],
    tiles: tuple[Tile, ...],
    safe_share: float,
    finding: Finding | None = None,
) -> Verdict:
    """Over the board before a run that hangs before over the requirement before past the safe share."""
    over = [row for row in rows if row.level(safe_share) is Level.OVER]
    if over:
        return _over_board(estimate, over, finding)
    hanging = next((tile.simulated for tile in tiles if tile.simulated and tile.simulated.value is None), None)
    if hanging is not None and not hanging.stale:
        return _hangs(hanging)
    missed = next((tile for tile in tiles if tile.met is False), None)
    if missed is not None:
        return _missed(missed, estimate.slowest)
    past = [row for row in rows if row.level(safe_share) is Level.PAST_SAFE]
    if past:
        return _past_safe(estimate, _fullest(past), safe_share)
    return _fits(rows, tiles)


def _over_board(estimate: Estimate, over: list[BudgetRow], finding: Finding | None) -> Verdict:
    row = _fullest(over)
    also = [other.label for other in over if other is not row]
    excess = grouped(row.quantity.value - (row.limit or 0))
    fact = f"{row.label} is {excess} over the board" + (f", and {_listed(also)} over too." if also else ".")
    cause = _cause(estimate, row.name, "them")
    if finding is None or finding.fix is None or finding.resource != row.name:
        return Verdict("danger", fact, cause)
    layer, _, words = finding.detail.partition(" ")
    return Verdict("danger", fact, cause, finding.fix.label, Remark(layer, _sentence(words)))


def _hangs(run: Simulated) -> Verdict:
    return Verdict("danger", "The stream hangs when simulated.", Remark("", run.reason.partition(": ")[2]))


def _missed(tile: Tile, slowest: str) -> Verdict:
    excess = with_unit(tile.kind, abs(tile.quantity.value - (tile.bound or 0)))
    side = "under what is required" if tile.kind == "rate" else "over the limit"
    words = "sets it." if tile.kind == "rate" else "takes longest."
    return Verdict("danger", f"{TITLES[tile.kind]} is {excess} {side}.", Remark(slowest, words))


def _past_safe(estimate: Estimate, row: BudgetRow, safe_share: float) -> Verdict:
    safe = f"{safe_share:.0%}".replace("%", " %")
    fact = f"{row.label} is at {share_text(row)}, past the safe {safe}."
    return Verdict("warning", fact, _cause(estimate, row.name, "it"))


def _fits(rows: tuple[BudgetRow, ...], tiles: tuple[Tile, ...]) -> Verdict:
    asked = any(tile.met for tile in tiles)
    fact = "It fits the board and meets the requirement." if asked else "It fits the board."
    limited = [row for row in rows if row.limit]
    if not limited:
        return Verdict("info", "The board has no figures to compare with.")
    row = _fullest(limited)
    return Verdict("ok", fact, Remark("", f"{row.label} comes nearest the limit, at {share_text(row)}."))


def _fullest(rows: list[BudgetRow]) -> BudgetRow:
    return max(rows, key=lambda row: row.share(row.quantity.value) or 0)


def _cause(estimate: Estimate, resource: str, them: str) -> Remark:
    """The layer that takes most of a resource, or that there is no such layer."""
    amounts = [(layer.cost.resource(resource).value, layer.name) for layer in estimate.layers]
    largest, name = max(amounts, key=lambda pair: pair[0], default=(0.0, ""))
    total = estimate.total.resource(resource).value
    if not total or not largest:
        return Remark("", "")
    if largest < _SMALL_PART * total:
        return Remark("", f"It is spread over {sum(amount > 0 for amount, _ in amounts)} layers.")
    return Remark(name, f"uses {_part(largest / total)} of {them}.")


def _part(share: float) -> str:
    if 0.47 <= share <= 0.53:
        return "half"
    return "nearly all" if share > 0.95 else f"{share:.0%}".replace("%", " %")


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) + (
        " are" if len(names) > 1 else " is"
    )


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."
