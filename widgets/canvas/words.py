"""What a screen reader and a tool tip say about nodes and wires."""

from widgets.canvas.heat import percent
from widgets.canvas.model import NodeView

_BADGES = {"over": "over limit", "risk": "risk", "slowest": "slowest layer", "info": "note"}


def spoken(node: NodeView) -> str:
    """A node in one line: name, kind, amount, share, findings."""
    name = node.id if node.form == "merge" else node.title
    parts = [name, node.subtitle.replace("×", "x"), node.share_text]
    parts += [f"output {node.shape.replace('×', 'x')}"] if node.shape and not node.share_text else []
    parts += [percent(node.share)] if node.share is not None else []
    parts += ["added by the converter"] if node.ghost else []
    parts += [_BADGES[badge.kind] for badge in node.badges]
    return ", ".join(part for part in parts if part)


def spoken_edge(source: NodeView, target: NodeView, label: str = "") -> str:
    """A wire in one line: its ends, the shape that flows through it, what it needs."""
    ends = f"Edge from {_name(source)} to {_name(target)}"
    return ", ".join(part for part in (ends, source.shape, label) if part)


def _name(node: NodeView) -> str:
    """Pills are titled by what they do; only their id tells them apart."""
    return node.title if node.form == "card" else node.id


def tool_tip(node: NodeView) -> str:
    """What hovering a node tells: its own tip and what its badges mean."""
    lines = [node.tooltip or node.id, *(badge.tooltip for badge in node.badges)]
    return "\n".join(line for line in lines if line)
