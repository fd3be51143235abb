"""The outline's rows: layers in network order with their blocks and numbers."""

from collections.abc import Iterable

from engine.network import Network
from widgets.canvas.model import BlockView, CanvasModel, NodeView
from widgets.panels import OutlineRow


class OutlinePresenter:
    """Builds rows; a layer whose node on the canvas is the same object keeps its row."""

    def __init__(self) -> None:
        self._network: Network | None = None
        self._blocks: dict[str, str] = {}
        self._rows: dict[str, tuple[NodeView, OutlineRow]] = {}

    def rows(self, network: Network, model: CanvasModel) -> tuple[OutlineRow, ...]:
        """One row a layer, in network order, with what the canvas shows of it."""
        if network is not self._network:
            self._network, self._blocks = network, _block_of(model.blocks)
            self._rows.clear()
        nodes = {node.id: node for node in model.nodes}
        return tuple(self._row(network, nodes[name]) for name in network.order)

    def _row(self, network: Network, node: NodeView) -> OutlineRow:
        known = self._rows.get(node.id)
        if known is not None and known[0] is node:
            return known[1]
        name, op = node.id, network[node.id].op
        share = "" if not node.share else f"{100 * node.share:.0f} %"
        row = OutlineRow(name, op.GROUP, op.KIND, node.share_text.split(" ")[0], share, self._blocks.get(name, ""))
        self._rows[name] = (node, row)
        return row


def _block_of(blocks: Iterable[BlockView]) -> dict[str, str]:
    """The title of the outermost block of each layer."""
    found: dict[str, str] = {}
    for block in sorted(blocks, key=lambda block: -len(block.members)):
        for name in block.members:
            found.setdefault(name, block.title)
    return found
