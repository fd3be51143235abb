"""`codesign-studio fit`: the fastest folding of a design that fits its board."""

from app.cli.output import explained
from app.cli.overrides import opened_project
from app.cli.own_runs import taught_here
from app.cli.proposal_output import LEVELS, proposal_parser, show
from engine.flows.registry import flow
from engine.search import fit_to_board


@explained
def main(arguments: list[str]) -> int:
    """Choose reuse factors, or PE and SIMD, for the shortest latency or the highest rate within the board's limits."""
    description = (
        "Choose reuse factors for the lowest latency, or PE and SIMD for the highest rate, that fit the board."
    )
    options = proposal_parser("fit", description).parse_args(arguments)
    with opened_project(options) as (project, tensors):
        its_flow = flow(project.design.target.flow).at(LEVELS[options.level], taught_here())
        return show(project, tensors, fit_to_board(project.design, its_flow, tensors), options)
