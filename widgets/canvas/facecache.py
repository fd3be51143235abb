"""Keeps drawn faces as pixmaps, so that a repaint copies instead of drawing."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from widgets.canvas.appearance import appearance
from widgets.canvas.faces import MARGIN, Detail, State, paint_face
from widgets.canvas.look import Look
from widgets.canvas.model import NodeView
from widgets.theme.easel import easel

PLAIN = State()
_BUDGET = 12 * 1024 * 1024
"""Bytes of faces kept on a screen with one device pixel per px: twice what fills it."""

_Key = tuple[object, ...]
_Zoom = tuple[float, bool, float]
"""Px per design px, whether everything is shown, device pixels per px."""


@dataclass(slots=True)
class _Kept:
    """A face, and the nodes that find it by their id."""

    face: QPixmap
    ids: set[str]


class FaceCache:
    """Faces by content, so that equal nodes share one, the oldest going first; plain ones by id at one zoom."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._kept: dict[_Key, _Kept] = {}
        self._bytes = 0
        self._zoom: _Zoom = (0.0, True, 1.0)
        self._ready: dict[str, QPixmap] = {}
        self._earlier: dict[str, QPixmap] = {}

    @property
    def size(self) -> int:
        """Bytes of all faces kept."""
        return self._bytes

    def at(self, unit: float, everything: bool, ratio: float) -> Mapping[str, QPixmap]:
        """Plain faces by id that are ready for a zoom; asks for others refer to it from then on."""
        zoom = (unit, everything, ratio)
        if zoom != self._zoom:
            alike = self._zoom[1:] == zoom[1:]
            self._earlier = (self._ready or self._earlier) if alike else {}
            self._ready = {}
            self._zoom = zoom
        return self._ready

    def earlier(self, node_id: str) -> QPixmap | None:
        """The plain face of a node at the zoom before, which may be stretched for a moment."""
        return self._earlier.get(node_id)

    def settle(self) -> None:
        """Everything in sight is sharp: what was kept of the zoom before may go."""
        self._earlier = {}

    def forget(self, node_id: str) -> None:
        """A node's content has changed."""
        self._ready.pop(node_id, None)
        self._earlier.pop(node_id, None)

    def forget_all(self) -> None:
        """Names, sizes or the full scale may have changed."""
        self._ready.clear()
        self._earlier.clear()

    def face(self, node: NodeView, name: str, width: float, height: float, state: State) -> QPixmap:
        """The face of a node of `width` by `height` logical px, with `MARGIN` around it."""
        unit, everything, ratio = self._zoom
        key = (appearance(node, self.look.full), name, state, self._zoom)
        kept = self._kept.get(key)
        if kept is None:
            face = self._draw(node, Detail(unit, everything, name), width, height, state, ratio)
            kept = self._keep(key, face, ratio)
        if state == PLAIN:
            self._ready[node.id] = kept.face
            kept.ids.add(node.id)
        return kept.face

    def _keep(self, key: _Key, face: QPixmap, ratio: float) -> _Kept:
        self._bytes += _bytes_of(face)
        while self._bytes > _BUDGET * ratio * ratio and self._kept:
            oldest = self._kept.pop(next(iter(self._kept)))
            self._bytes -= _bytes_of(oldest.face)
            for node_id in oldest.ids:
                self._ready.pop(node_id, None)
        kept = self._kept[key] = _Kept(face, set())
        return kept

    def _draw(self, node: NodeView, detail: Detail, width: float, height: float, state: State, ratio: float) -> QPixmap:
        body = QRectF(MARGIN, MARGIN, width, height)

        def paint(painter: QPainter) -> None:
            paint_face(painter, self.look, node, body, detail, state)

        return easel().draw(width + 2 * MARGIN, height + 2 * MARGIN, ratio, paint)


def _bytes_of(face: QPixmap) -> int:
    return face.width() * face.height() * 4
