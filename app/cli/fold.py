"""`codesign-studio fold`: the least hardware that reaches a rate."""

from app.cli.output import explained
from app.cli.overrides import opened_project
from app.cli.own_runs import taught_here
from app.cli.proposal_output import LEVELS, proposal_parser, show
from engine.flows.registry import flow
from engine.search import by_rule, meet_rate


@explained
def main(arguments: list[str]) -> int:
    """Choose PE and SIMD, or reuse factors, for a rate."""
    parser = proposal_parser(
        "fold", "Choose PE and SIMD, or reuse factors, for the least hardware that reaches a rate."
    )
    parser.add_argument("--rate", type=float, required=True, metavar="N", help="inferences per second")
    parser.add_argument(
        "--rule", action="store_true", help="as the flow's usual rule does it: FINN's SetFolding, or one reuse factor"
    )
    options = parser.parse_args(arguments)
    if not 0 < options.rate < 1e9:
        raise ValueError(f"--rate {options.rate:g}: inferences per second are above 0 and below 1,000,000,000.")
    with opened_project(options) as (project, tensors):
        its_flow = flow(project.design.target.flow).at(LEVELS[options.level], taught_here())
        fold = by_rule if options.rule else meet_rate
        return show(project, tensors, fold(project.design, its_flow, tensors, options.rate), options)
