"""Drawing a wire by keyboard: arrows, Tab or typing choose where it ends, Enter connects."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from widgets.canvas.connecting import free_port
from widgets.canvas.gestures import Host
from widgets.canvas.marks import Preview
from widgets.canvas.routing import clear_route
from widgets.canvas.walk import ARROWS, walk

_HELP = "Enter connects {} to {}. Tab: next, letters: search, Esc: cancel."


class KeyConnect:
    """A wire from the output of a visible node, whose end moves from layer to layer."""

    def __init__(self, host: Host, source: str) -> None:
        self._host, self.source = host, source
        self._picture = host.canvas.picture
        self._typed = ""
        self._read = {key[1] for key in self._picture.places.wiring.wires_of[source] if key[0] == source}
        in_sight = self._picture.places.nodes_in(host.camera.seen)
        self._reasons = {node: host.refusal(source, node) for node in in_sight if node != source}
        self.target = source
        self.words = ""
        """What is said about the wire as it is now."""

    def begin(self) -> bool:
        """Aim at the first layer that may be connected; False, and said why, when there is none."""
        if self._hop(1):
            return True
        self._say(f"No other layer can read {self.source}.", refused=True)
        return False

    def press(self, event: QKeyEvent) -> bool:
        """Take a key; returns whether the wire is finished, connected or not."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._connect()
        if key in ARROWS:
            self._typed = ""
            self._aim(walk(self._picture, self.target, ARROWS[key]) or self.target)
        elif key == Qt.Key.Key_Backspace:
            self._search(self._typed[:-1])
        elif event.text().isprintable() and event.text().strip():
            self._search(self._typed + event.text())
        return False

    def tab(self, forward: bool) -> None:
        """Aim at the next layer that may be connected."""
        self._typed = ""
        self._hop(1 if forward else -1)

    def end(self) -> None:
        """Take the wire away."""
        self._host.canvas.preview(Preview())
        self._host.say("")

    def _connect(self) -> bool:
        if self.target == self.source or self._reason(self.target) is not None:
            return False
        self._host.ask_connect(self.source, self.target, free_port(self._picture, self.target))
        return True

    def _reason(self, node: str) -> str | None:
        if node not in self._reasons:
            self._reasons[node] = self._host.refusal(self.source, node)
        return self._reasons[node]

    def _hop(self, step: int) -> bool:
        order = list(self._picture.nodes)
        start = order.index(self.target)
        for k in range(1, len(order)):
            node = order[(start + k * step) % len(order)]
            if node != self.source and node not in self._read and self._reason(node) is None:
                self._aim(node)
                return True
        return False

    def _search(self, typed: str) -> None:
        """Aim at the first layer of that name, at those that may be connected before others."""
        self._typed = typed
        hits = [node for node in self._picture.nodes if node != self.source and self._is_called(node, typed)]
        if not hits:
            self._say(f"No layer is called “{typed}”.", refused=True)
        elif typed:
            self._aim(next((node for node in hits if self._reason(node) is None), hits[0]))

    def _is_called(self, node: str, typed: str) -> bool:
        wanted = typed.casefold()
        return wanted in node.casefold() or wanted in self._picture.nodes[node].title.casefold()

    def _aim(self, node: str) -> None:
        self.target = node
        layout = self._picture.layout
        box = layout.boxes[node]
        self._host.camera.reveal(box)
        if node == self.source:
            self._host.canvas.preview(Preview(targets=self._reasons))
            self._say(f"From {node}: choose a layer that shall read it.", refused=False)
            return
        reason = self._reason(node)
        wire = clear_route(layout.boxes[self.source], box, layout.direction, self._picture.places.boxes_in)
        self._host.canvas.preview(Preview(wire, reason is not None, dict(self._reasons)))
        self._say(reason or _HELP.format(self.source, node), refused=reason is not None)

    def _say(self, words: str, refused: bool) -> None:
        self.words = f"Cannot connect {self.source} to {self.target}: {words}" if refused else words
        box = self._picture.layout.boxes[self.target]
        self._host.say(words, self._host.camera.px((box.x, box.bottom)), refused)
