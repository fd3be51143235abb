"""The report: everything worth knowing about a design on a few pages, as one file that needs no other."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtGui import QImage

from app.exports.html import Markup, image, join, tag
from app.exports.report_layers import layer_sections
from app.exports.report_numbers import budget_section, speed_section
from app.exports.report_style import CONTENT_WIDTH, page_style
from app.exports.report_words import findings_section, runs_section, settings_section, tiers_section
from app.exports.verdict import fits, verdict
from engine.advice import Finding
from engine.advice.words import grouped, plural
from engine.dataflow import Simulation
from engine.design import Design
from engine.estimate import Estimate
from engine.flows.flow import Flow
from engine.network.counts import network_counts
from engine.project import Run

_TALLEST = 900
"""Height of a picture at most, px, so that it shares a page with its heading."""


def report_html(
    design: Design,
    estimate: Estimate,
    flow: Flow,
    findings: Sequence[Finding] = (),
    runs: Sequence[Run] = (),
    pictures: Mapping[str, QImage] | None = None,
    safe_share: float = 0.8,
    written: str = "",
    simulation: Simulation | None = None,
) -> str:
    """The report as HTML; `pictures` by heading, `written` says by whom and when, `safe_share` is a fraction."""
    body = join(
        _head(design, estimate, flow, safe_share, written),
        budget_section(design, estimate, safe_share),
        speed_section(design, estimate, simulation),
        *(_picture(title, picture) for title, picture in (pictures or {}).items()),
        findings_section(findings),
        *layer_sections(design, estimate, flow),
        settings_section(design, flow),
        runs_section(runs, design),
        tiers_section(estimate.tier),
    )
    title = f"<title>{escape(f'{design.name} on {design.target.board.name}')}</title>\n"
    head = f'<head>\n<meta charset="utf-8"/>\n{title}<style>{page_style()}</style>\n</head>'
    return f'<!DOCTYPE html>\n<html lang="en">\n{head}\n<body>\n{body.html}</body>\n</html>\n'


def _head(design: Design, estimate: Estimate, flow: Flow, safe_share: float, written: str) -> Markup:
    target, counts = design.target, network_counts(design.network)
    where = " · ".join((target.board.name, target.board.part, f"{target.clock_ns:g} ns", target.io_type, flow.label))
    size = " · ".join(
        (
            plural(len(design.network.layers), "layer"),
            f"{grouped(counts.parameters)} parameters",
            f"{grouped(counts.macs)} multiply-accumulates",
        )
    )
    corrected = f", corrected by {estimate.own_runs}" if estimate.own_runs else ""
    css = "fits" if fits(design, estimate) else "misses"
    return join(
        tag("h1", design.name),
        tag("p", where),
        tag("p", size, "quiet"),
        tag("p", verdict(design, estimate, safe_share), css),
        tag("p", f"Numbers are of the tier “{estimate.label}”{corrected}. {written}".strip(), "quiet"),
    )


def _picture(title: str, picture: QImage) -> Markup:
    if picture.isNull():
        return Markup("")
    scale = min(CONTENT_WIDTH / picture.width(), _TALLEST / picture.height(), 1.0)
    width, height = max(round(picture.width() * scale), 1), max(round(picture.height() * scale), 1)
    return join(tag("h2", title), tag("p", image(picture, width, height, title)))
