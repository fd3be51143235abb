"""A slow simulator that is obviously right: it looks at every process in every cycle."""

from engine.dataflow import Streams


class Stuck(Exception):  # noqa: N818 - an answer, not an error
    """Nothing moves any more."""


def clocked(streams: Streams, inferences: int):
    """Times of all writings and readings by FIFO name. Raises Stuck with those so far."""
    written = {fifo.name: [] for fifo in streams.fifos}
    read = {fifo.name: [] for fifo in streams.fifos}
    places = {fifo.name: fifo for fifo in streams.fifos}
    waiting = [_steps(process, inferences) for process in streams.processes]
    pending = [next(steps) for steps in waiting]
    earliest = [step[0] for step in pending]
    patience = 1 + max(fifo.latency for fifo in streams.fifos) + max(_longest(each) for each in streams.processes)
    now = idle = 0
    while any(pending):
        moved = False
        for index, step in enumerate(pending):
            if step and now >= earliest[index] and _may(step, now, places, written, read):
                for name in step[1]:
                    read[name].append(now)
                for name in step[2]:
                    written[name].append(now)
                pending[index] = next(waiting[index], None)
                earliest[index] = now + pending[index][0] if pending[index] else 0
                moved = True
        idle = 0 if moved else idle + 1
        if idle > patience:
            raise Stuck(written, read)
        now += 1
    return written, read


def _may(step, now, places, written, read):
    for name in step[1]:
        number = len(read[name])
        if number >= len(written[name]) or written[name][number] + places[name].latency > now:
            return False
    for name in step[2]:
        gone = sum(1 for time in read[name] if time < now)
        if places[name].depth is not None and len(written[name]) - gone >= places[name].depth:
            return False
    return True


def _steps(process, inferences):
    plan, rest = process.schedule, 0
    for _ in range(inferences):
        for gap, act in zip(plan.gaps, plan.acts, strict=True):
            action = plan.actions[act]
            reads = [process.inputs[port] for port in action.reads]
            yield gap + rest, reads, [process.outputs[port] for port in action.writes]
            rest = 0
        rest = plan.rest


def _longest(process):
    return max(process.schedule.gaps) + process.schedule.rest
