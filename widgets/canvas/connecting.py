"""Drawing a wire between ports: legal ports grow, others fade and say why."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from widgets.canvas.axis import Direction
from widgets.canvas.camera import Camera
from widgets.canvas.geometry import Rect
from widgets.canvas.gestures import Gesture, Host, Reason, Where
from widgets.canvas.marks import Preview
from widgets.canvas.model import EdgeKey, Point
from widgets.canvas.picture import Picture
from widgets.canvas.routing import clear_route, port_in, port_out
from widgets.canvas.surface import level_of

_REACH = 18.0
"""How near to a port the pointer must be to mean it, in px."""


class Connect(Gesture):
    """Draws a wire from an output to an input, or from an open input back to an output.

    `taken` is an edge whose end was picked up: it goes when the wire is dropped elsewhere.
    """

    def __init__(
        self, host: Host, start: Where, node: str, backwards: bool = False, taken: EdgeKey | None = None
    ) -> None:
        super().__init__(host, start)
        self._node, self._backwards, self._taken = node, backwards, taken
        self._picture = host.canvas.picture
        self._targets = self._judge()
        self._moved = False

    def _judge(self) -> dict[str, str | None]:
        """Every node in sight with the reason why the wire cannot end there, or None."""
        in_sight = self._picture.places.nodes_in(self.host.camera.seen)
        return {other: self._refusal(other) for other in in_sight if other != self._node}

    def _refusal(self, other: str) -> str | None:
        if self._backwards:
            return self.host.refusal(other, self._node)
        return self.host.refusal(self._node, other)

    def move(self, at: Where) -> None:
        """Let the wire follow the pointer and say what is in its way."""
        if not self._moved and not self._far_enough(at):
            return
        self._moved = True
        other = self._under(at)
        reason = self._reason(other)
        self.host.canvas.preview(
            Preview(self._wire(at.scene, other), reason is not None, self._targets, self._backwards)
        )
        self.host.say(reason or "", at.px, refusal=True)

    def _reason(self, other: str | None) -> str | None:
        if other is None:
            return None
        if other not in self._targets:
            self._targets = {**self._targets, other: self._refusal(other)}
        return self._targets[other]

    def end(self, at: Where) -> None:
        """Connect, or ask what to add where the wire ends in nothing."""
        other = self._under(at)
        reason = self._reason(other)
        self._clear()
        if not self._moved or reason is not None:
            return
        if other is not None:
            self._connect(other)
        elif self._taken is not None:
            self.host.ask_disconnect(self._taken)
        elif not self._backwards:
            self.host.ask_add(at.scene, self._node)

    def _connect(self, other: str) -> None:
        source, target = (other, self._node) if self._backwards else (self._node, other)
        if self._taken is not None:
            if self._taken[1] == target:
                return
            self.host.ask_disconnect(self._taken)
        self.host.ask_connect(source, target, free_port(self._picture, target))

    def cancel(self, reason: Reason) -> None:
        """Take the wire away."""
        self._clear()

    def _clear(self) -> None:
        self.host.canvas.preview(Preview())
        self.host.say("")

    def _under(self, at: Where) -> str | None:
        """The node that the pointer means: under it, or with a port near it."""
        hit = self._picture.places.node_at(at.scene)
        if hit is not None:
            return hit if hit != self._node else None
        find = output_at if self._backwards else input_at
        near = find(self._picture, self.host.camera, at.scene)
        return near if near != self._node else None

    def _wire(self, at: Point, other: str | None) -> tuple[Point, ...]:
        layout = self._picture.layout
        spot = layout.boxes[other] if other is not None else Rect(at[0], at[1], 0.0, 0.0)
        own = layout.boxes[self._node]
        pair = (spot, own) if self._backwards else (own, spot)
        return clear_route(*pair, layout.direction, self._picture.places.boxes_in)


def free_port(picture: Picture, target: str) -> int:
    """The first input of a node that nothing is connected to; one past the last of a merge that is full."""
    node = picture.nodes[target]
    used = {key[2] for key in picture.places.wiring.wires_of[target] if key[1] == target}
    for port in range(node.inputs):
        if port not in used:
            return port
    return node.inputs if node.form == "merge" else 0


def input_at(picture: Picture, camera: Camera, at: Point) -> str | None:
    """The node whose input port is near a place."""
    return _port_near(picture, camera, at, outputs=False)


def output_at(picture: Picture, camera: Camera, at: Point) -> str | None:
    """The node whose output port is near a place."""
    return _port_near(picture, camera, at, outputs=True)


def _port_near(picture: Picture, camera: Camera, at: Point, outputs: bool) -> str | None:
    reach = _REACH / camera.scale
    layout = picture.layout
    found: list[tuple[float, str]] = []
    for node in picture.places.nodes_in(Rect(at[0] - reach, at[1] - reach, 2 * reach, 2 * reach)):
        if (outputs or picture.nodes[node].inputs > 0) and not picture.nodes[node].ghost:
            x, y = (port_out if outputs else port_in)(layout.boxes[node], layout.direction)
            found.append((((x - at[0]) ** 2 + (y - at[1]) ** 2) ** 0.5, node))
    distance, node = min(found, default=(reach + 1, ""))
    return node if distance <= reach else None


def pick_up(host: Host, start: Where) -> Connect | None:
    """The wire gesture that a press begins, if it is on a port that shows."""
    picture = host.canvas.picture
    out, into = _ports_at(host, start)
    if out is not None:
        return Connect(host, start, out)
    if into is None:
        return None
    arriving = [key for key in picture.places.wiring.wires_of[into] if key[1] == into]
    if arriving:
        return Connect(host, start, arriving[-1][0], taken=arriving[-1])
    return Connect(host, start, into, backwards=True)


def pick_up_cursor(host: Host, at: Where) -> Qt.CursorShape | None:
    """The cursor over a port that shows."""
    return Qt.CursorShape.CrossCursor if any(_ports_at(host, at)) else None


def _ports_at(host: Host, at: Where) -> tuple[str | None, str | None]:
    """The node whose output is at a place and the node whose input is, among those that show ports."""
    picture, marks = host.canvas.picture, host.canvas.marks
    showing = marks.selected | {marks.hovered}
    if level_of(host.camera.zoom) == "far":
        return None, None
    out, into = output_at(picture, host.camera, at.scene), input_at(picture, host.camera, at.scene)
    if out is not None and out in showing and _on_port(host, out, at.scene, port_out):
        return out, None
    if into is not None and into in showing and _on_port(host, into, at.scene, port_in):
        return None, into
    return None, None


def _on_port(host: Host, node: str, at: Point, port: Callable[[Rect, Direction], Point]) -> bool:
    """Whether a press means the port itself rather than the node behind it: within 12 px of it."""
    layout = host.canvas.picture.layout
    box = layout.boxes[node]
    x, y = port(box, layout.direction)
    reach = min(12.0 / host.camera.scale, box.w / 4, box.h / 3)
    return abs(x - at[0]) <= reach and abs(y - at[1]) <= reach
