"""The report's remaining sections: findings, settings, runs, and where numbers come from."""

from collections.abc import Sequence
from pathlib import PurePath

from app.exports.html import Column, Content, Markup, join, small, table, tag
from engine.advice import Finding, Severity
from engine.advice.words import grouped
from engine.design import Design, Settings
from engine.estimate import Tier
from engine.flows.flow import Flow
from engine.network import KINDS
from engine.project import Run, design_digest
from widgets.budget.numbers import bound_text

_SEVERITIES = {Severity.OVER: ("To mend", "over"), Severity.RISK: ("Risk", "risk"), Severity.HINT: ("Hint", "hint")}


def findings_section(findings: Sequence[Finding]) -> Markup:
    """What is wrong or risky, and what would mend it."""
    if not findings:
        return join(tag("h2", "Findings"), tag("p", "None: nothing is wrong or risky."))
    columns = (Column("Weight", width=70), Column("Finding", width=230), Column("Remedy"))
    return join(tag("h2", "Findings"), table(columns, [_finding(each) for each in findings]))


def _finding(finding: Finding) -> list[Content]:
    word, css = _SEVERITIES[finding.severity]
    parts = [finding.detail, f"Edit: {finding.fix.text}" if finding.fix else ""]
    remedy = " ".join(f"{part.rstrip('.')}." for part in parts if part)
    return [Markup(tag("span", word, css).html.strip()), finding.title, remedy]


def settings_section(design: Design, flow: Flow) -> Markup:
    """Target, requirement, and what was set for the whole design and for kinds of layers."""
    target, wanted = design.target, design.requirement
    latency, rate = wanted.max_latency_us, wanted.min_rate
    rows = [
        ("Board", f"{target.board.name}, {target.board.url}"),
        ("Part", f"{target.board.part}, {target.board.family.vendor} {target.board.family.label}"),
        ("Clock", f"{target.clock_ns:g} ns, {1000 / target.clock_ns:.4g} MHz"),
        ("Interface", target.io_type),
        ("Flow", flow.label),
        ("Latency wanted", "any" if latency is None else f"at most {bound_text('latency', latency)}"),
        ("Rate wanted", "any" if rate is None else f"at least {bound_text('rate', rate)}"),
        ("Data set", "none" if design.data is None else f"{PurePath(design.data.name).name} ({design.data.source})"),
        ("For all layers", _settings(design.defaults) or "the flow’s own defaults"),
        *((f"For {_kind(kind)} layers", _settings(settings)) for kind, settings in design.kinds),
    ]
    return join(tag("h2", "Settings"), table((Column("Setting", width=150), Column("Value")), rows))


def _kind(kind: str) -> str:
    return KINDS[kind].LABEL if kind in KINDS else kind


def _settings(settings: Settings) -> str:
    return ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in settings.items)


_RUNS = (
    Column("Started, UTC", width=110),
    Column("Job"),
    Column("Flow and tool"),
    Column("Of this design"),
    Column("What it reported", width=250),
)


def runs_section(runs: Sequence[Run], design: Design) -> Markup:
    """Jobs that were run, the newest first."""
    if not runs:
        return join(tag("h2", "Runs"), tag("p", "None yet: nothing has been converted, emulated or synthesised."))
    digest = design_digest(design)
    rows = [_run(run, run.design == digest) for run in reversed(runs)]
    return join(tag("h2", "Runs"), table(_RUNS, rows))


def _run(run: Run, same: bool) -> list[Content]:
    known = run.tier in tuple(Tier)
    tier = f", {Tier(run.tier).label}" if known else ""
    figures = ", ".join(f"{name} {grouped(value)}" for name, value in run.totals)
    return [
        run.started[:16].replace("T", " "),
        join(f"{run.action.capitalize()}, {run.state}", tier),
        join(run.flow, f", {run.tool}" if run.tool else ""),
        "yes" if same else "no, an earlier one",
        figures or run.reason or small("no figures"),
    ]


_TIERS = {
    Tier.ESTIMATE: "Worked out by the studio from the flow’s rules; 90 % of real reports should fall in the interval.",
    Tier.SIMULATED: "Found by simulating how data moves through the design, cycle by cycle.",
    Tier.C_SYNTHESIS: "The HLS tool’s own estimate after scheduling; it shows about twice the LUTs used in the end.",
    Tier.LOGIC_SYNTHESIS: "Counted after mapping to the device’s primitives, before they have a place.",
    Tier.PLACED_AND_ROUTED: "Counted and timed on the finished layout.",
    Tier.MEASURED: "Measured on the board.",
}


def tiers_section(used: Tier) -> Markup:
    """What the tiers mean, the one in use marked."""
    rows: list[list[Content]] = []
    for tier, words in _TIERS.items():
        mark = Markup('<span class="strong">used here</span>') if tier is used else ""
        rows.append([f"{int(tier)}. {tier.label}", words, mark])
    columns = (Column("Tier", width=130), Column("What it is"), Column("", width=70))
    note = "Numbers of one flow say nothing about another: each builds differently."
    return join(tag("h2", "Where numbers come from"), table(columns, rows), tag("p", note, "quiet"))
