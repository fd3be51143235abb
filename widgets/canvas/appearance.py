"""What can be seen of a node: two contents that look alike are one, so that nothing is redrawn for them."""

from widgets.canvas.heat import percent
from widgets.canvas.model import NodeView

Appearance = tuple[object, ...]

_BAR_STEPS = 288
"""A share bar has this many distinguishable lengths: half px of 72 at up to twice the size."""


def appearance(node: NodeView, full: float) -> Appearance:
    """Equal for nodes that are drawn alike where bars fill at the share `full`; tool tips do not count."""
    share = None if node.share is None else (percent(node.share, full), round(node.share / full * _BAR_STEPS))
    kinds = tuple(badge.kind for badge in node.badges)
    words = (node.title, node.subtitle, node.shape, node.chips, node.share_text)
    return (words, share, node.form, node.group, node.icon, node.ghost, node.edited_chip, kinds)
