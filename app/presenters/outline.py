"""The outline's rows: layers in network order with their blocks and numbers."""

from collections.abc import Iterable
from itertools import takewhile

from engine.design import Design
from widgets.canvas.model import BlockView, CanvasModel
from widgets.panels import OutlineRow


def outline_rows(design: Design, model: CanvasModel) -> tuple[OutlineRow, ...]:
    """One row a layer, in network order, with what the canvas shows of it."""
    blocks = _block_of(model.blocks)
    prefixes = {block.title: _prefix(block.members) for block in model.blocks}
    nodes = {node.id: node for node in model.nodes}
    rows = []
    for name in design.network.order:
        node, op = nodes[name], design.network[name].op
        share = "" if not node.share else f"{100 * node.share:.0f} %"
        block = blocks.get(name, "")
        label = name.removeprefix(prefixes.get(block, ""))
        rows.append(OutlineRow(name, op.GROUP, op.KIND, node.share_text.split(" ")[0], share, block, label))
    return tuple(rows)


def _block_of(blocks: Iterable[BlockView]) -> dict[str, str]:
    """The title of the outermost block of each layer."""
    found: dict[str, str] = {}
    for block in sorted(blocks, key=lambda block: -len(block.members)):
        for name in block.members:
            found.setdefault(name, block.title)
    return found


def _prefix(names: tuple[str, ...]) -> str:
    """What all names begin with, up to and including the last underscore."""
    first, last = min(names), max(names)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    common = "".join(letter for letter, _ in same)
    return common[: common.rfind("_") + 1]
