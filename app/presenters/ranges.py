"""Ranges as the table shows them."""

from engine.design import Design
from engine.emulate.traces import share_text
from engine.flows.flow import Flow
from engine.precision import FixedType
from engine.ranges import Ranges, Spread
from engine.ranges.findings import ROLE_WORDS, is_wrong
from engine.ranges.suggest import type_now
from widgets.ranges import RangeRow, RangesView

Types = dict[tuple[str, str], FixedType]


def ranges_view(ranges: Ranges, design: Design, flow: Flow, suggested: Types) -> RangesView:
    """Every kind of number of the layers that are still there, in network order."""
    return RangesView(
        tuple(_row(spread, design, flow, suggested) for spread in ranges.spreads if spread.layer in design.network)
    )


def _row(spread: Spread, design: Design, flow: Flow, suggested: Types) -> RangeRow:
    type_ = type_now(design, flow, spread.layer, spread.role)
    better = suggested.get((spread.layer, spread.role))
    names = (spread.layer, ROLE_WORDS[spread.role].capitalize(), type_.short if type_ else "–")
    ends = (_number(spread.lowest), _number(spread.highest))
    wrong = type_ is not None and is_wrong(spread, type_)
    cells = (*names, *ends, *_figures(spread, type_), better.short if better else "")
    said = f"{spread.layer}, {ROLE_WORDS[spread.role]}: {type_ or 'no type'}{f', suggested {better}' if better else ''}"
    return RangeRow(spread.layer, spread.role, cells, wrong, said)


def _figures(spread: Spread, type_: FixedType | None) -> tuple[str, ...]:
    if type_ is None:
        return ("–",) * 4
    fit = spread.fit(type_)
    noise = "exact" if fit.noise_db is None else f"{fit.noise_db:.1f} dB".replace("-", "−")
    return _share(fit.overflow), _share(fit.underflow), str(fit.wasted or "–"), noise


def _share(share: float) -> str:
    return share_text(share) if share else "–"


def _number(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")
