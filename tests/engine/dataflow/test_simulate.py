"""The simulator against one that goes cycle by cycle, over generated graphs; and what must hold of any run."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.dataflow import INFERENCES, Fifo, Process, Streams, schedule, simulate, sizing
from tests.engine.dataflow.clocked import Stuck, clocked


def moments(draw, words):
    """Ascending ticks of some words."""
    return np.cumsum(draw(st.lists(st.integers(1, 4), min_size=words, max_size=words)), dtype=np.int64) - 1


@st.composite
def graphs(draw):
    """Chains of processes that each read what the one before wrote, with skips over some of them."""
    count = draw(st.integers(2, 5))
    words = [draw(st.integers(1, 7)) for _ in range(count)]
    edges = list(pairwise(range(count)))
    edges += draw(st.lists(st.sampled_from([(a, b) for a in range(count) for b in range(a + 1, count)]), max_size=3))
    depths = st.one_of(st.none(), st.integers(1, 8))
    fifos = [
        Fifo(f"f{n}", draw(depths), draw(st.integers(1, 9)), latency=draw(st.integers(1, 3))) for n in range(len(edges))
    ]
    processes = []
    for index in range(count):
        inputs = [n for n, edge in enumerate(edges) if edge[1] == index]
        outputs = [n for n, edge in enumerate(edges) if edge[0] == index]
        reads = [moments(draw, words[edges[n][0]]) for n in inputs]
        writes = [moments(draw, words[index])] * len(outputs)
        plan = schedule(reads, writes, rest=draw(st.integers(1, 3)))
        names = [tuple(f"f{n}" for n in ports) for ports in (inputs, outputs)]
        processes.append(Process(f"p{index}", f"p{index}", *names, plan))
    return Streams(tuple(processes), tuple(fifos))


@settings(max_examples=300, deadline=None)
@given(graphs(), st.integers(1, 3))
def test_every_run_is_that_of_the_clocked_simulator(streams, inferences):
    found = simulate(streams, inferences)
    try:
        written, read = clocked(streams, inferences)
    except Stuck as stuck:
        written, read = stuck.args
        assert found.latency is None
        assert found.deadlock
    else:
        assert found.deadlock == ()
        outputs = streams.processes[-1].inputs
        assert found.first_output == min(read[name][0] for name in outputs)
        words = {name: len(read[name]) // inferences for name in outputs}
        after = streams.processes[-1].schedule.rest - 1
        last = [max(read[name][n * words[name] + words[name] - 1] for name in outputs) for n in range(inferences)]
        ends = [time + after for time in last]
        assert found.latency == ends[0]
        assert found.interval == (ends[-1] - ends[-2] if inferences > 1 else None)
    for fifo in found.fifos:
        assert fifo.most == most(written[fifo.name], read[fifo.name])
        assert fifo.depth is None or fifo.most <= fifo.depth


def most(written, read):
    """The most words between writing and reading at the end of any cycle."""
    return max((sum(w <= now for w in written) - sum(r <= now for r in read) for now in written), default=0)


@settings(max_examples=100, deadline=None)
@given(graphs())
def test_fifos_as_deep_as_needed_cost_no_cycle(streams):
    found, free = sizing(streams), simulate(streams.unbounded(), INFERENCES)
    if found.run.deadlock:
        return
    sized = simulate(streams.with_depths(dict(found.depths)), INFERENCES)
    assert (sized.latency, sized.interval) == (free.latency, free.interval)


@settings(max_examples=100, deadline=None)
@given(graphs(), st.integers(0, 9), st.integers(1, 4))
def test_a_deeper_fifo_is_never_slower(streams, which, more):
    fifo = streams.fifos[which % len(streams.fifos)]
    if fifo.depth is None:
        return
    before, after = simulate(streams, 2), simulate(streams.with_depths({fifo.name: fifo.depth + more}), 2)
    if before.latency is not None:
        assert after.latency is not None
        assert after.latency <= before.latency


def test_a_deadlock_names_who_waits_on_whom():
    """`join` reads all of `long` before `short`; `fork` writes both in step, and `short` is full first."""
    four = np.arange(4)
    fork = Process("fork", "fork", (), ("long", "short"), schedule([], [four, four]))
    join = Process("join", "join", ("long", "short"), (), schedule([four, four + 4], []))
    found = simulate(Streams((fork, join), (Fifo("long", 4), Fifo("short", 2))))
    assert [(each.name, each.fifo, each.full, each.waits_on) for each in found.deadlock] == [
        ("fork", "short", True, "join"),
        ("join", "long", False, "fork"),
    ]
    assert simulate(Streams((fork, join), (Fifo("long", 4), Fifo("short", 4)))).deadlock == ()


def test_waiting_is_counted_for_data_and_for_room():
    quick, slow = np.arange(4), 10 * np.arange(4)
    source = Process("source", "", (), ("between",), schedule([], [quick]))
    sink = Process("sink", "", ("between",), (), schedule([slow], []))
    found = simulate(Streams((source, sink), (Fifo("between", 1),)))
    assert [(each.for_data, each.for_room) for each in found.layers] == [(0, 19), (1, 0)]
