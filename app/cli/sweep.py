"""`codesign-studio sweep`: all combinations of reuse factors and widths, and those that no other one beats."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from app.cli.output import complain, explained, say, say_json
from app.cli.overrides import add_design_options, opened
from app.cli.own_runs import taught_here
from app.cli.sweep_output import as_csv, as_json, print_front
from engine.calibration import OwnRuns
from engine.design import REUSE_FACTOR, Design
from engine.estimate import Axis, Level
from engine.flows.registry import flow
from engine.network import TensorStore
from engine.search import COSTS, SHARE, SPEEDS, Front, front, legal_candidates

_LEVELS = {level.value.replace(" ", "-").lower(): level for level in Level}


@explained
def main(arguments: list[str]) -> int:
    """Sweep a design's settings and print the front."""
    options = _parser().parse_args(arguments)
    if not options.reuse_factor and not options.bits:
        raise ValueError("Say what varies: --reuse-factor 1,2,4,8 or --bits 6,8,12, or both.")
    with opened(options) as (design, tensors):
        axes, own = _axes(design, tensors, options), taught_here()
        found = _front(design, tensors, axes, own, options)
        words = own.of(design.target.flow, _LEVELS[options.level], design.target.board.family.value).words
        if options.json:
            asked = {"level": options.level, "speed": options.speed, "cost": options.cost, "own_runs": words}
            say_json(as_json(design, axes, found) | asked)
        elif options.csv:
            say(as_csv(axes, found))
        else:
            print_front(design, axes, found)
            if words:
                say(f"Estimates are corrected by {words}.")
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        "codesign-studio sweep",
        description="Estimate every combination of settings, and print those that fit the board and that no other one "
        "beats in both speed and cost.",
    )
    add_design_options(parser)
    parser.add_argument("--reuse-factor", type=_numbers, metavar="1,2,4", help="reuse factors to try on each layer")
    parser.add_argument("--bits", type=_numbers, metavar="6,8,12", help="widths of the weights to try on each layer")
    parser.add_argument("--layers", metavar="A,B", help="only these layers vary; without it all that multiply")
    parser.add_argument("--speed", choices=SPEEDS, default=SPEEDS[0], help="what is to be short")
    parser.add_argument(
        "--cost", choices=COSTS, default=SHARE, help="what is to be small: a resource, or the fullest one's share"
    )
    parser.add_argument("--level", choices=tuple(_LEVELS), default=next(iter(_LEVELS)), help="the report foretold")
    written = parser.add_mutually_exclusive_group()
    written.add_argument("--json", action="store_true", help="print JSON")
    written.add_argument("--csv", action="store_true", help="print CSV; its columns are named as --set takes them")
    return parser


def _numbers(text: str) -> list[int]:
    if not all(word.strip().isdecimal() for word in text.split(",")):
        raise ArgumentTypeError(f"'{text}': write whole numbers with commas between, e.g. 1,2,4.")
    return sorted({int(word) for word in text.split(",")})


def _axes(design: Design, tensors: TensorStore, options: Namespace) -> tuple[Axis, ...]:
    for width in options.bits or ():
        if not 1 <= width <= 64:
            raise ValueError(f"--bits {width}: weights have 1 to 64 bits.")
    known = [layer.name for layer in design.network.layers]
    names = list(dict.fromkeys(options.layers.split(","))) if options.layers else known
    its_flow = flow(design.target.flow)
    axes = legal_candidates(design, its_flow, tensors, names, options.reuse_factor or (), options.bits or ())
    varying = {axis.layer for axis in axes}
    for name in names if options.layers else ():
        _ = design.network[name]
        if name not in varying:
            raise ValueError(f"--layers: '{name}' multiplies nothing, so it has nothing to vary.")
    if not axes:
        raise ValueError("No layer of the network multiplies anything, so there is nothing to vary.")
    for axis in axes if options.reuse_factor else ():
        if all(candidate.get(REUSE_FACTOR) is None for candidate in axis.candidates):
            now = its_flow.resolve(design, axis.layer, REUSE_FACTOR)
            complain(f"'{axis.layer}' takes none of these reuse factors and keeps {now.value if now else 1}.")
    return axes


def _front(design: Design, tensors: TensorStore, axes: tuple[Axis, ...], own: OwnRuns, options: Namespace) -> Front:
    sweep = flow(design.target.flow).at(_LEVELS[options.level], own).sweep(design, axes, tensors)
    return front(sweep, axes, design.target.board, speed=options.speed, cost=options.cost)
