"""Networks drawn in tests, benchmarks and pictures of the canvas."""

import random
from dataclasses import replace
from itertools import pairwise

from widgets.canvas.model import Badge, BlockView, CanvasModel, EdgeView, NodeView


def card(name, share=None, rf=1, shape="8×8×16", subtitle="Conv2D 3×3 · 16", group="conv", **more):
    """A layer with weights."""
    text = "" if share is None else f"{round(share * 257)} DSP"
    chips = ("8,3", f"RF {rf}")
    return NodeView(name, group, group, name, subtitle, shape, chips, "card", share, text, **more)


def pill(name, title="ReLU", subtitle="9,3", group="activation", icon="act", **more):
    """A layer without weights."""
    return NodeView(name, group, icon, title, subtitle, form="pill", **more)


def add(name, inputs=2):
    """A merge."""
    return NodeView(name, "merge", "plus", "+", "Add", "8×8×16", form="merge", inputs=inputs)


def chain(*names):
    """Edges along a line."""
    return [EdgeView(a, b) for a, b in pairwise(names)]


def digits_resnet():
    """The network of the design's pictures."""
    slow = (Badge("slowest", "sets the rate"),)
    nodes = [
        pill("image", "Image", "8×8×1", "io", "io"),
        card("stem", 0.06, 9),
        pill("relu_1"),
        card("block1_conv1", 0.12, 72, badges=slow),
        pill("relu_2"),
        card("block1_conv2", 0.12, 72, badges=slow),
        add("add_1"),
        pill("relu_3"),
        card("block2_conv1", 0.12, 144, "4×4×32", "Conv2D 3×3 · 32"),
        pill("relu_4"),
        card("block2_conv2", 0.5, 72, "4×4×32", "Conv2D 3×3 · 32", badges=(Badge("over", "DSP is 38 over"),)),
        card("block2_skip", 0.03, 64, "4×4×32", "Conv2D 1×1 · 32"),
        add("add_2"),
        pill("relu_5"),
        pill("global_pool", "Avg pool", "12,5", "pool", "pool", badges=(Badge("risk", "may overflow"),)),
        card("classifier", 0.04, 32, "10", "Dense 32 → 10", "dense"),
        pill("softmax", "Softmax", "16,6", "activation", "softmax"),
    ]
    edges = [
        *chain("image", "stem", "relu_1", "block1_conv1", "relu_2", "block1_conv2", "add_1", "relu_3"),
        EdgeView("relu_1", "add_1", 1, "skip, FIFO 64 deep"),
        *chain("relu_3", "block2_conv1", "relu_4", "block2_conv2", "add_2", "relu_5", "global_pool"),
        EdgeView("relu_3", "block2_skip"),
        EdgeView("block2_skip", "add_2", 1),
        *chain("global_pool", "classifier", "softmax"),
    ]
    first = ("block1_conv1", "relu_2", "block1_conv2", "add_1", "relu_3")
    second = ("block2_conv1", "relu_4", "block2_conv2", "block2_skip", "add_2", "relu_5")
    blocks = (
        BlockView("block:1", "Block 1", first, "8×8×16 · 64 DSP · sets the rate", share_text="64 DSP"),
        BlockView("block:2", "Block 2", second, "4×4×32 · 168 DSP", share_text="168 DSP"),
    )
    return CanvasModel(tuple(nodes), tuple(edges), blocks)


def chain_of_6():
    """Input, four layers and an output."""
    nodes = [pill("input", "Jet", "16", "io", "io")]
    nodes += [card(f"fc{k}", 0.25, 8, "32", "Dense 64 → 32", "dense") for k in range(4)]
    nodes.append(pill("softmax", "Softmax", "16,6", icon="softmax"))
    return CanvasModel(tuple(nodes), tuple(chain(*(n.id for n in nodes))))


def resnet_300():
    """Eight stages of five residual blocks; about 300 layers."""
    draw = random.Random(7)
    nodes, edges, blocks = [pill("input", "Image", "224×224×3", "io", "io")], [], []
    last = "input"

    def after(node, source):
        nodes.append(node)
        edges.append(EdgeView(source, node.id))
        return node.id

    stages = ["stem", *(f"stage{k}" for k in range(1, 7)), "head"]
    for stage in stages:
        begin = len(nodes)
        last = after(card(f"{stage}_conv", draw.choice((0.004, 0.006))), last)
        last = after(pill(f"{stage}_bn", "Norm", "16,6", "norm", "norm"), last)
        for k in range(1, 6):
            name, fork, inside = f"{stage}_b{k}", last, len(nodes)
            last = after(card(f"{name}_conv1", draw.choice((0.002, 0.008, 0.02, 0.053))), last)
            last = after(pill(f"{name}_bn1", "Norm", "16,6", "norm", "norm"), last)
            last = after(pill(f"{name}_relu1"), last)
            last = after(card(f"{name}_conv2", draw.choice((0.002, 0.006, 0.011))), last)
            last = after(pill(f"{name}_bn2", "Norm", "16,6", "norm", "norm"), last)
            last = after(add(f"{name}_add"), last)
            edges.append(EdgeView(fork, last, 1))
            last = after(pill(f"{name}_relu2"), last)
            members = tuple(n.id for n in nodes[inside:])
            blocks.append(BlockView(f"block:{name}", f"Block {k}", members))
        members = tuple(n.id for n in nodes[begin:])
        title = f"Stage {stage[5:]}" if stage.startswith("stage") else stage.capitalize()
        blocks.append(BlockView(f"stage:{stage}", title, members, f"56×56×64 · {len(members)} layers · 6 % of BRAM"))
    last = after(pill("pool", "Avg pool", "12,5", "pool", "pool"), last)
    last = after(card("classifier", 0.03, 32, "10", "Dense 512 → 10", "dense"), last)
    after(pill("softmax", "Softmax", "16,6", icon="softmax"), last)
    nodes[30] = replace(nodes[30], badges=(Badge("risk", "may overflow"),))
    return CanvasModel(tuple(nodes), tuple(edges), tuple(blocks))


def wide_concat(branches=6):
    """Inception-like: branches of different length into one concatenation, twice."""
    nodes, edges = [pill("input", "Image", "8×8×1", "io", "io")], []
    last = "input"
    for stage in ("a", "b"):
        stem = f"{stage}_stem"
        nodes.append(card(stem, 0.1))
        edges.append(EdgeView(last, stem))
        join = f"{stage}_concat"
        for k in range(branches):
            source = stem
            for j in range(1 + k % 3):
                name = f"{stage}_{k}_{j}"
                nodes.append(card(name, 0.02 * (k + 1)) if (k + j) % 2 == 0 else pill(name))
                edges.append(EdgeView(source, name))
                source = name
            edges.append(EdgeView(source, join, k))
        nodes.append(NodeView(join, "merge", "concat", "Concat", "", "8×8×64", form="merge", inputs=branches))
        last = join
    return CanvasModel(tuple(nodes), tuple(edges))


def unet(depth=4):
    """Nested skips."""
    names = [f"d{k}" for k in range(depth)] + ["mid"] + [f"u{k}" for k in reversed(range(depth))]
    nodes, edges = [pill("input", "Image", "64×64×1", "io", "io")], []
    last = "input"
    for name in names:
        if name.startswith("u"):
            join = f"{name}_concat"
            nodes.append(NodeView(join, "merge", "concat", "Concat", form="merge", inputs=2))
            edges += [EdgeView(last, join), EdgeView(f"d{name[1:]}_relu", join, 1)]
            last = join
        nodes += [card(name, 0.1), pill(f"{name}_relu")]
        edges += chain(last, name, f"{name}_relu")
        last = f"{name}_relu"
    return CanvasModel(tuple(nodes), tuple(edges))


def densenet(layers=5):
    """Every layer reads all before it."""
    nodes, edges, outputs = (
        [pill("input", "Image", "8×8×1", "io", "io"), card("stem", 0.1)],
        chain("input", "stem"),
        ["stem"],
    )
    for k in range(layers):
        join, conv = f"concat{k}", f"dense{k}_conv"
        nodes += [NodeView(join, "merge", "concat", "Concat", form="merge", inputs=len(outputs)), card(conv, 0.1)]
        edges += [EdgeView(source, join, port) for port, source in enumerate(reversed(outputs))]
        edges += chain(join, conv)
        outputs.append(conv)
    return CanvasModel(tuple(nodes), tuple(edges))


def two_inputs():
    """Two inputs, one joining late, and an auxiliary output."""
    nodes = [
        pill("image", "Image", "8×8×1", "io", "io"),
        pill("meta", "Meta", "4", "io", "io"),
        card("conv", 0.3),
        pill("relu"),
        card("aux", 0.1, 4, "10", "Dense 64 → 10", "dense"),
        card("conv2", 0.3),
        pill("flat", "Flatten", "1024", "shape", "flatten"),
        NodeView("join", "merge", "concat", "Concat", form="merge", inputs=2),
        card("head", 0.3, 4, "10", "Dense 1028 → 10", "dense"),
    ]
    edges = [*chain("image", "conv", "relu", "conv2", "flat", "join", "head"), EdgeView("relu", "aux")]
    return CanvasModel(tuple(nodes), (*edges, EdgeView("meta", "join", 1)))


def repeated(count=2000):
    """A chain of residual blocks with `count` layers in all."""
    draw = random.Random(3)
    nodes, edges, blocks = [pill("input", "Image", "8×8×1", "io", "io")], [], []
    last, k = "input", 0
    while len(nodes) + 7 <= count:
        k += 1
        names = [f"b{k}_{part}" for part in ("conv1", "bn1", "relu1", "conv2", "bn2", "add", "relu2")]
        conv1, bn1, relu1, conv2, bn2, join, relu2 = names
        nodes += [
            card(conv1, draw.random() * 0.002, 2 * k),
            pill(bn1, "Norm", "16,6", "norm", "norm"),
            pill(relu1),
            card(conv2, draw.random() * 0.002, 4 * k),
            pill(bn2, "Norm", "16,6", "norm", "norm"),
            add(join),
            pill(relu2),
        ]
        edges += [*chain(last, *names), EdgeView(last, join, 1)]
        blocks.append(BlockView(f"block:{k}", f"Block {k}", tuple(names)))
        last = relu2
    while len(nodes) < count:
        name = f"tail{len(nodes)}"
        nodes.append(pill(name))
        edges.append(EdgeView(last, name))
        last = name
    return CanvasModel(tuple(nodes), tuple(edges), tuple(blocks))


def tangle(count=2000, reach=60):
    """A wiring that no nesting explains: every layer reads one or two of those up to `reach` before it."""
    draw = random.Random(1)
    nodes = [draw.choice((card, pill, add))(f"n{k}") for k in range(count)]
    edges = []
    for k in range(1, count):
        near = range(max(k - reach, 0), k)
        sources = draw.sample(near, min(len(near), draw.choice((1, 1, 2))))
        edges += [EdgeView(f"n{source}", f"n{k}", port) for port, source in enumerate(sources)]
    return CanvasModel(tuple(nodes), tuple(edges))


ALL = {
    "digits_resnet": digits_resnet,
    "chain_of_6": chain_of_6,
    "resnet_300": resnet_300,
    "wide_concat": wide_concat,
    "unet": unet,
    "densenet": densenet,
    "two_inputs": two_inputs,
}


def with_ghosts():
    """The digits network with what the converter adds to one layer."""
    model = digits_resnet()
    ghost = NodeView("pad", "shape", "padding", "zeropad2d", "inserted", form="pill", ghost=True, origin="block2_conv2")
    return replace(model, nodes=(*model.nodes, ghost))
