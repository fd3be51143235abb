"""Words that are taken apart: whoever writes them goes on in its own rhythm, as the cycles foretold assume."""

import pytest

from engine.flows.rtl.rooms import Room
from engine.flows.rtl.timeline import timeline
from engine.network.kinds import Activation, Conv2D, DepthwiseConv2D, Pool2D
from engine.precision import parse
from tests.engine.flows.rtl.branching import Branch, assert_branches_exact, branched
from tests.engine.flows.rtl.running import built

FEW = {"result": parse("ap_fixed<10,5>"), "strategy": "Resource", "table_size": 64}
APART = Branch(
    (6, 6, 1),
    [
        Conv2D(filters=2, kernel=(2, 2), padding="same"),
        DepthwiseConv2D(kernel=(2, 2), padding="same"),
        Activation("tanh"),
    ],
    {0: FEW | {"reuse_factor": 2}, 1: FEW | {"reuse_factor": 1}, 2: FEW},
)
"""The depthwise gives two values every two cycles, but at the end of a line one cycle after the last: standing still
until the second value is taken, it would be late with the next line."""
FOLDED = Branch((6, 6, 1), APART.ops, APART.settings | {1: FEW | {"reuse_factor": 2}})
"""Here multipliers go on with their next sums meanwhile."""
BEHIND_EACH_OTHER = Branch(
    (6, 5, 3),
    [
        Pool2D("average"),
        DepthwiseConv2D(kernel=(1, 3), padding="same"),
        DepthwiseConv2D(kernel=(1, 1), padding="same"),
    ],
    {0: {"result": FEW["result"]}, 1: FEW | {"reuse_factor": 1}, 2: FEW | {"reuse_factor": 3}},
)
"""The second depthwise takes the three values of a word one by one, and words come faster than that at times."""


def test_what_takes_words_apart_holds_them_where_their_writer_would_be_late(store):
    _, hardware = built(branched(store, [APART]), store)
    assert dict(timeline(hardware).rooms) == {("branch0_2", 0): Room(whole=1)}


def test_nothing_is_held_behind_multipliers_that_go_on(store):
    _, hardware = built(branched(store, [FOLDED]), store)
    assert not timeline(hardware).rooms


def test_more_than_one_word_waits_in_a_fifo_before_it_is_taken_apart(store):
    _, hardware = built(branched(store, [BEHIND_EACH_OTHER]), store)
    assert dict(timeline(hardware).rooms) == {("branch0_2", 0): Room(whole=4)}


@pytest.mark.compiler
def test_words_taken_apart_come_in_the_cycles_foretold(store, tmp_path):
    assert_branches_exact(store, tmp_path, [APART, BEHIND_EACH_OTHER])
