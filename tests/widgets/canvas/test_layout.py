"""The layout keeps its promises on every kind of network, and on random ones."""

import random
import subprocess
import sys
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.widgets.canvas import networks
from widgets.canvas.geometry import Rect, around
from widgets.canvas.layout import lay_out
from widgets.canvas.model import CanvasModel, EdgeView
from widgets.canvas.routing import port_in, port_out
from widgets.canvas.shown import shown

DIRECTIONS = ("rows", "top-down")
SPACE = (1320.0, 600.0)


def laid(model, direction="rows", space=SPACE):
    return lay_out(shown(model), model.positions, direction, space)


@pytest.fixture(params=DIRECTIONS)
def direction(request):
    return request.param


@pytest.fixture(params=sorted(networks.ALL))
def model(request):
    return networks.ALL[request.param]()


def overlapping(layout):
    return [(a, b) for a, b in combinations(layout.boxes, 2) if layout.boxes[a].touches(layout.boxes[b])]


def test_nodes_do_not_overlap(model, direction):
    assert overlapping(laid(model, direction)) == []


def test_every_wire_is_upright_or_level_and_joins_its_ports(model, direction):
    layout = laid(model, direction)
    assert set(layout.routes) == {e.key for e in model.edges}
    for (source, target, _), points in layout.routes.items():
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))
        assert points[0] == pytest.approx(port_out(layout.boxes[source], direction))
        box = layout.boxes[target]
        assert box.contains(points[-1])
        if next(n for n in model.nodes if n.id == target).form != "merge":
            assert points[-1] == pytest.approx(port_in(box, direction))


def crossings(layout):
    """Every stretch of a wire that runs through a node; the last one may end inside its own target."""
    inner = {name: box.grown(-1, -1, -1, -1) for name, box in layout.boxes.items()}
    found = []
    for key, points in layout.routes.items():
        stretches = [around(pair).grown(0.1, 0.1, 0.1, 0.1) for pair in pairwise(points)]
        for k, line in enumerate(stretches):
            ends_here = key[1] if k == len(stretches) - 1 else None
            found += [(key, name) for name, box in inner.items() if box.touches(line) and name != ends_here]
    return found


def test_wires_pass_beside_nodes(model, direction):
    assert crossings(laid(model, direction)) == []


def test_frames_hold_their_members_and_no_one_else(model, direction):
    layout = laid(model, direction)
    for block in model.blocks:
        frame = layout.frames.get(block.id)
        if frame is None:
            continue
        for name, box in layout.boxes.items():
            assert (name in block.members) == frame.touches(box), f"{name} and the frame of {block.title}"


def test_the_picture_of_the_design_has_two_rows_broken_between_the_blocks():
    layout = laid(networks.digits_resnet())
    assert layout.rows == 2
    assert layout.boxes["relu_3"].y < layout.boxes["block2_conv1"].y
    assert layout.boxes["relu_3"].x > layout.boxes["block2_conv1"].x
    assert layout.bounds.w <= SPACE[0]
    assert layout.bounds.h <= SPACE[1]


def test_rows_break_only_where_one_wire_leads_on(model):
    layout = laid(model, space=(500.0, 900.0))
    sources_down = {}
    for (source, target, _), points in layout.routes.items():
        if len(points) >= 6 and layout.boxes[target].x < layout.boxes[source].x:
            sources_down.setdefault(points[2][1], set()).add(source)
    assert all(len(sources) == 1 for sources in sources_down.values())
    assert len(layout.returns) == layout.rows - 1


def test_a_skip_runs_in_a_lane_over_what_it_skips():
    layout = laid(networks.digits_resnet())
    skip = layout.routes["relu_1", "add_1", 1]
    top = min(layout.boxes[n].y for n in ("block1_conv1", "relu_2", "block1_conv2"))
    assert min(y for _, y in skip) < top


def test_stages_begin_rows():
    layout = laid(networks.resnet_300(), space=(1600.0, 900.0))
    assert layout.rows == 8
    assert {layout.boxes[f"stage{k}_conv"].x for k in range(1, 7)} == {layout.boxes["stage1_conv"].x}


def test_top_down_flows_downwards():
    layout = laid(networks.chain_of_6(), "top-down")
    names = [n.id for n in networks.chain_of_6().nodes]
    assert all(layout.boxes[a].bottom < layout.boxes[b].y for a, b in pairwise(names))


def test_top_down_a_network_that_is_too_long_breaks_into_columns_between_the_blocks():
    layout = laid(networks.digits_resnet(), "top-down", (1320.0, 780.0))
    assert layout.rows == 2
    assert layout.boxes["block2_conv1"].x > layout.boxes["relu_3"].right
    assert layout.boxes["block2_conv1"].y < layout.boxes["relu_3"].y
    assert layout.bounds.h <= 780
    assert layout.frames["block:1"].right < layout.returns[0][0] < layout.frames["block:2"].x


def test_top_down_branches_stand_side_by_side():
    boxes = laid(networks.digits_resnet(), "top-down").boxes
    assert boxes["block2_skip"].x > boxes["block2_conv1"].right
    assert boxes["block2_conv1"].y < boxes["block2_skip"].y < boxes["block2_conv2"].bottom


def test_top_down_each_stage_of_a_large_network_is_a_column_under_its_title():
    layout = laid(networks.resnet_300(), "top-down", (1320.0, 780.0))
    assert layout.rows == 8
    scale = min(1320 / layout.bounds.w, 780 / layout.bounds.h)
    titles = sorted(layout.titles.values())
    assert layout.title_room * scale > 120
    assert all(b[0] - a[0] >= layout.title_room for a, b in pairwise(titles))
    assert all(y < 0 for _, y in titles)
    assert layout.bounds.y <= min(y for _, y in titles) - 20 / scale


def test_the_same_model_gives_the_same_layout(direction):
    assert laid(networks.resnet_300(), direction) == laid(networks.resnet_300(), direction)


def test_moved_nodes_stay_where_the_user_put_them():
    model = networks.digits_resnet()
    moved = laid(replace(model, positions={"stem": (10.0, 900.0)}))
    still = laid(model)
    assert moved.boxes["stem"] == Rect(10.0, 900.0, 176.0, 96.0)
    assert all(moved.boxes[n] == still.boxes[n] for n in still.boxes if n != "stem")
    assert moved.routes["stem", "relu_1", 0][0] == (186.0, 948.0)


def test_wires_of_a_moved_node_are_led_round_others():
    model = networks.digits_resnet()
    row = laid(model).boxes["stem"].y
    far = laid(replace(model, positions={"stem": (-400.0, row)}))
    assert crossings(far) == []
    back = laid(replace(model, positions={"classifier": (1400.0, laid(model).boxes["classifier"].y)}))
    assert crossings(back) == []


def test_what_stands_alone_takes_no_room_in_the_flow():
    model = networks.chain_of_6()
    apart = replace(model, nodes=(*model.nodes, networks.card("loose")), positions={"loose": (0.0, 500.0)})
    assert laid(apart).boxes["softmax"] == laid(model).boxes["softmax"]


def test_what_is_not_connected_comes_after_the_network_it_was_copied_from(direction):
    model = networks.digits_resnet()
    copies = (networks.card("copy"), networks.pill("copy_relu"))
    apart = replace(model, nodes=(*copies, *model.nodes), edges=(*model.edges, EdgeView("copy", "copy_relu")))
    layout, before = laid(apart, direction, (3000.0, 3000.0)), laid(model, direction, (3000.0, 3000.0))
    assert all(layout.boxes[n] == before.boxes[n] for n in before.boxes)


def test_loops_and_unknown_ends_are_survived():
    model = networks.chain_of_6()
    odd = (EdgeView("fc3", "fc0", 1), EdgeView("nowhere", "fc1", 1), EdgeView("fc2", "fc2", 1))
    layout = laid(replace(model, edges=(*model.edges, *odd)))
    assert overlapping(layout) == []
    assert ("fc3", "fc0", 1) in layout.routes
    assert ("nowhere", "fc1", 1) not in layout.routes


def test_an_empty_model_has_an_empty_layout():
    layout = laid(CanvasModel())
    assert layout.boxes == {}
    assert layout.bounds == Rect(0, 0, 0, 0)


def test_ghosts_hang_on_the_layer_they_come_from(direction):
    model = networks.with_ghosts()
    layout = laid(model, direction)
    origin, ghost = layout.boxes["block2_conv2"], layout.boxes["pad"]
    assert overlapping(layout) == []
    if direction == "rows":
        assert ghost.centre[0] == origin.centre[0]
        assert ghost.y == origin.bottom + 10
    else:
        assert ghost.centre[1] == origin.centre[1]
        assert ghost.x == origin.right + 10


@st.composite
def wirings(draw):
    """Any acyclic wiring of nodes of any form: nested or not, with several inputs and outputs, skips short and long."""
    count = draw(st.integers(1, 40))
    reach = draw(st.sampled_from((3, 8, count)))
    seed = draw(st.integers(0, 10_000))
    rng = random.Random(seed)
    makers = (networks.card, networks.pill, networks.add)
    nodes = [rng.choice(makers)(f"n{k}") for k in range(count)]
    edges = {}
    for k in range(1, count):
        near = range(max(k - reach, 0), k)
        for source in rng.sample(near, min(len(near), rng.choice((0, 1, 1, 1, 2, 3)))):
            edges[source, k] = EdgeView(f"n{source}", f"n{k}", len(edges))
    return CanvasModel(tuple(nodes), tuple(edges.values()))


@settings(max_examples=150, deadline=None)
@given(wirings(), st.sampled_from(DIRECTIONS), st.sampled_from((SPACE, (500.0, 900.0))))
def test_in_any_wiring_nothing_overlaps_and_no_wire_runs_through_a_node(model, direction, space):
    layout = laid(model, direction, space)
    assert set(layout.boxes) == {n.id for n in model.nodes}
    assert set(layout.routes) == {e.key for e in model.edges}
    assert overlapping(layout) == []
    assert crossings(layout) == []
    for points in layout.routes.values():
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))


def test_the_layout_needs_no_qt():
    code = (
        "import sys, widgets.canvas.layout, widgets.canvas.blocks, widgets.canvas.picture;"
        "sys.exit(any(m.startswith('PySide6') for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("ids", [("block:1",), ("block:2",), ("block:1", "block:2")])
def test_frames_stay_tight_when_others_are_folded(ids, direction):
    model = networks.digits_resnet()
    model = replace(model, blocks=tuple(replace(b, folded=b.id in ids) for b in model.blocks))
    layout = laid(model, direction)
    for block in model.blocks:
        if not block.folded:
            frame = layout.frames[block.id]
            assert [n for n, box in layout.boxes.items() if frame.touches(box) and n not in block.members] == []


def test_what_follows_a_layer_in_small_stays_in_its_row():
    names = ["image", *(f"{part}{k}" for k in range(8) for part in ("fc", "relu"))]
    nodes = tuple(networks.card(n) if n.startswith("fc") else networks.pill(n) for n in names)
    layout = laid(CanvasModel(nodes, tuple(networks.chain(*names))), space=(900.0, 500.0))
    assert layout.rows > 1
    for k in range(8):
        assert layout.boxes[f"fc{k}"].centre[1] == layout.boxes[f"relu{k}"].centre[1]
