"""`codesign-studio simulate`: a streamed design's run, word by word."""

from argparse import ArgumentParser
from typing import Any

from app.cli.estimate import energy_to_json
from app.cli.output import FAILED, explained, say, say_json, table
from app.cli.overrides import add_design_options, opened
from engine.advice import hanging
from engine.dataflow import INFERENCES, Simulation, simulation
from engine.design import Design
from engine.estimate import Energy, Tier, energy, exactly
from engine.flows.registry import flow


@explained
def main(arguments: list[str]) -> int:
    """Simulate a design and print latency, interval, FIFOs and who waits on whom; 1 after a deadlock."""
    parser = ArgumentParser(
        "codesign-studio simulate", description="Run a streamed network word by word: latency, FIFO depths, deadlocks."
    )
    add_design_options(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    with opened(options) as (design, _):
        found = simulation(flow(design.target.flow).streams(design))
        if options.json:
            say_json(simulation_to_json(design, found))
        else:
            _print(design, found)
        return FAILED if found.run.deadlock else 0


def simulation_to_json(design: Design, found: Simulation) -> dict[str, Any]:
    """The run as built over several inferences; `most` and `cosim_max` are of one with FIFOs that never fill up."""
    run, target = found.run, design.target
    return {
        "design": design.name,
        "board": target.board.id,
        "clock_ns": target.clock_ns,
        "flow": target.flow,
        "tier": Tier.SIMULATED.label.lower(),
        "latency_cycles": run.latency,
        "latency_us": None if run.latency is None else run.latency * target.clock_ns / 1000,
        "energy": energy_to_json(_energy(design, found), "simulated run", Tier.SIMULATED.label.lower()),
        "first_output_cycles": run.first_output,
        "interval_cycles": run.interval,
        "rate": None if run.interval is None else 1e9 / (run.interval * target.clock_ns),
        "fifos": _fifos(design, found),
        "layers": [
            {"name": each.name, "layer": each.layer, "waits_for_data": each.for_data, "waits_for_room": each.for_room}
            for each in run.layers
        ],
        "circle": [each.name for each in run.circle],
        "deadlock": [
            {"name": each.name, "layer": each.layer, "fifo": each.fifo, "full": each.full, "waits_on": each.waits_on}
            for each in run.deadlock
        ],
    }


def _energy(design: Design, found: Simulation) -> Energy:
    if found.run.latency is None:
        return Energy(refusal="No energy: the run hangs.")
    return energy(exactly(found.run.latency * design.target.clock_ns / 1000), design.target.board)


def _fifos(design: Design, found: Simulation) -> list[dict[str, Any]]:
    """`cosim_max` is what a co-simulation with Vivado HLS counts for the same occupancy."""
    blocks, needed = flow(design.target.flow).fifo_bram18, dict(found.sizing.depths)
    rows = []
    for fifo, used, alone in zip(found.fifos, found.run.fifos, found.sizing.run.fifos, strict=True):
        row = {"name": used.name, "words": used.words, "bits": used.bits, "depth": used.depth, "most": alone.most}
        row |= {"cosim_max": alone.counted, "needed": needed[used.name]}
        row |= {"bram18": blocks(fifo, used.depth or 0), "bram18_needed": blocks(fifo, needed[used.name])}
        rows.append(row)
    return rows


def _print(design: Design, found: Simulation) -> None:
    target, run, rows = design.target, found.run, _fifos(design, found)
    say(f"{design.name} on {target.board.name}, {target.clock_ns:g} ns, {flow(target.flow).label}, simulated\n")
    headings = ("FIFO", "Words", "Bits", "Depth", "Most at once", "Needed", "BRAM18", "BRAM18 needed")
    keys = ("words", "bits", "depth", "most", "needed", "bram18", "bram18_needed")
    sums = ("Total", *[""] * 5, *(f"{sum(row[key] for row in rows):,}" for key in keys[-2:]))
    table([headings, *((row["name"], *(f"{row[key]:,}" for key in keys)) for row in rows), sums], right=range(1, 8))
    say()
    waits = [(each.name, f"{each.for_data:,}", f"{each.for_room:,}") for each in run.layers if each.layer]
    table([(f"Cycles over {INFERENCES} inferences", "Waits for data", "Waits for room"), *waits], right=(1, 2))
    say()
    for blocked in run.circle:
        say(f"Deadlock: {hanging(blocked)}")
    if run.latency is not None and run.interval is not None:
        cycle_ms = target.clock_ns * 1e-6
        took = f"{run.latency:,} cycles ({run.latency * cycle_ms:,.4g} ms)"
        say(f"Latency {took}, first word out after {run.first_output:,}")
        say(f"One inference every {run.interval:,} cycles ({1 / (run.interval * cycle_ms * 1e-3):,.0f}/s)")
        say(_energy(design, found).in_words("latency of this run"))
