"""Sizes of the canvas in logical pixels at 100 % zoom (design tokens `size`, `radius`, `stroke`)."""

from widgets.canvas.model import NodeView

CARD = (176.0, 96.0)
PILL = (92.0, 40.0)
PILL_WIDEST = 176.0
MERGE = (40.0, 40.0)
GAP = 28.0
"""Between neighbours along an edge."""
TRACK_GAP = 20.0
"""Between parallel branches."""
GHOST_GAP = 10.0
"""Between a node and what the converter adds to it."""
TRUNK = 10.0
"""A fork leaves the wire this far before the next node."""
ENTRY = 14.0
"""Wires that join a card do so this far before it."""
FAN = 12.0
"""Extra room before a card for every input after the first."""
LANE = 18.0
"""From a node to the first skip lane over it."""
LANE_STEP = 14.0
CLEAR = 5.0
"""Least room between a node and a wire that passes it."""
CORNER = 8.0
FRAME_PAD = 16.0
FRAME_HEAD = 28.0
"""From the top of a frame to its first node: the title."""
FRAME_HEAD_LANE = 36.0
"""The same where a lane runs under the title."""
GUTTER = 14.0
ROW_GAP = 44.0
ROW_GAP_TITLES = 120.0
"""Between rows of networks so large that titles are read from far."""
MANY = 60
"""From this number of nodes on, room for titles read from far is kept."""
FRAME_LARGEST = 24
"""Blocks with more members than this get a title over the row, no frame."""

_PILL_TEXT_LEFT = 30.0
_PILL_TEXT_RIGHT = 15.0
_TITLE_ADVANCE = 6.8
_CODE_ADVANCE = 6.7


def size_of(node: NodeView) -> tuple[float, float]:
    """Width and height of a node; a pill grows with its text, in steps of 4."""
    if node.form == "card":
        return CARD
    if node.form == "merge":
        return MERGE
    text = max(len(node.title) * _TITLE_ADVANCE, len(node.second_line) * _CODE_ADVANCE)
    wanted = _PILL_TEXT_LEFT + text + _PILL_TEXT_RIGHT
    width = min(max(PILL[0], -(-wanted // 4) * 4), PILL_WIDEST)
    return (width, PILL[1])


def ghost_size(origin: tuple[float, float]) -> tuple[float, float]:
    """Size of a ghost that hangs on a node of the given size."""
    return (max(origin[0], PILL[0]), PILL[1])
