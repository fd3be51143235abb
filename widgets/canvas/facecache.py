"""Keeps drawn faces as pixmaps, so that a repaint copies instead of drawing."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from widgets.canvas.faces import MARGIN, Detail, State, paint_face
from widgets.canvas.look import Look
from widgets.canvas.model import NodeView

_PLAIN = State()
_LARGEST = 96 * 1024 * 1024

_Key = tuple[object, ...]


class FaceCache:
    """Faces by content, so that equal nodes share one; and by id at the current zoom, for speed."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._faces: dict[_Key, QPixmap] = {}
        self._bytes = 0
        self._by_id: dict[str, QPixmap] = {}
        self._zoom: tuple[float, float] = (0.0, 0.0)

    def forget(self, node_id: str) -> None:
        """A node's content has changed."""
        self._by_id.pop(node_id, None)

    def forget_names(self) -> None:
        """Names, sizes or the full scale may have changed."""
        self._by_id.clear()

    def face(self, node: NodeView, width: float, height: float, detail: Detail, state: State, ratio: float) -> QPixmap:
        """The face of a node of `width` by `height` logical px, with `MARGIN` around it."""
        if self._zoom != (detail.unit, ratio):
            self._zoom = (detail.unit, ratio)
            self._by_id.clear()
        known = self._by_id.get(node.id) if state == _PLAIN else None
        if known is not None:
            return known
        key = _key(node, detail, state, ratio, self.look.full)
        face = self._faces.get(key)
        if face is None:
            face = self._draw(node, width, height, detail, state, ratio)
            self._keep(key, face)
        if state == _PLAIN:
            self._by_id[node.id] = face
        return face

    def _keep(self, key: _Key, face: QPixmap) -> None:
        self._bytes += face.width() * face.height() * 4
        if self._bytes > _LARGEST:
            self._faces.clear()
            self._by_id.clear()
            self._bytes = face.width() * face.height() * 4
        self._faces[key] = face

    def _draw(self, node: NodeView, width: float, height: float, detail: Detail, state: State, ratio: float) -> QPixmap:
        face = QPixmap(round((width + 2 * MARGIN) * ratio), round((height + 2 * MARGIN) * ratio))
        face.setDevicePixelRatio(ratio)
        face.fill(Qt.GlobalColor.transparent)
        painter = QPainter(face)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_face(painter, self.look, node, QRectF(MARGIN, MARGIN, width, height), detail, state)
        painter.end()
        return face


def _key(node: NodeView, detail: Detail, state: State, ratio: float, full: float) -> _Key:
    kinds = tuple(badge.kind for badge in node.badges)
    words = (node.title, node.subtitle, node.shape, node.chips, node.share_text, detail.name)
    looks = (node.form, node.group, node.icon, node.ghost, node.edited_chip, kinds)
    return (words, looks, node.share, full, detail.unit, detail.everything, state, ratio)
