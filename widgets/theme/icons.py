"""Icons that take their colour from the theme when they are painted, so a theme change needs no reload."""

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from shiboken6 import isValid

from widgets.theme.controller import current
from widgets.theme.easel import easel
from widgets.theme.svg import icon_names, recoloured

# Layer kinds, and functions of activations and merges, that have a drawing of their own within their group.
KIND_DRAWINGS = {
    "output": "output",
    "conv1d": "conv1d",
    "depthwise_conv1d": "depthwise",
    "depthwise_conv2d": "depthwise",
    "separable_conv1d": "separable",
    "separable_conv2d": "separable",
    "softmax": "softmax",
    "sigmoid": "sigmoid",
    "hard_sigmoid": "sigmoid",
    "tanh": "sigmoid",
    "hard_tanh": "sigmoid",
    "concatenate": "concat",
    "multiply": "multiply",
    "flatten": "flatten",
    "reshape": "reshape",
    "pad1d": "padding",
    "pad2d": "padding",
    "upsample1d": "upsample",
    "upsample2d": "upsample",
}


def icon(name: str, color_token: str = "text.secondary", checked_token: str = "accent") -> QIcon:
    """Icon in the colour of a token; `checked_token` where a button is on, disabled text where it is off.

    An unknown name raises KeyError.
    """
    if name not in icon_names():
        raise KeyError(f"no icon named {name!r}")
    return QIcon(_shared_icon(name, color_token, checked_token))


def kind_icon(group: str, *kinds: str) -> QIcon:
    """Icon of a layer in its group's colour; `kinds` as in `kind_icon_name`."""
    token = f"kind.{group}"
    return icon(kind_icon_name(group, *kinds), token, token)


def kind_icon_name(group: str, *kinds: str) -> str:
    """Name of the drawing for a layer: the first of `kinds` (such as `softmax`, `pad2d`) that has one of its own,
    else that of its group (such as `conv`)."""
    return next((KIND_DRAWINGS[kind] for kind in kinds if kind in KIND_DRAWINGS), current().kind_icon(group))


def paint_icon(painter: QPainter, rect: QRectF, name: str, color_token: str = "text.secondary") -> None:
    """Draw an icon into `rect` of a painter, crisp at its pixel ratio and zoom."""
    ratio = _pixels_per_unit(painter)
    pixmap = icon_pixmap(name, color_token, QSize(round(rect.width() * ratio), round(rect.height() * ratio)))
    painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()))


def _pixels_per_unit(painter: QPainter) -> float:
    """Device pixels per logical unit, in steps of a quarter so that a zoom gesture fills no cache."""
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    return max(ceil(ratio * abs(painter.worldTransform().m11()) * 4) / 4, 0.5)


def icon_pixmap(name: str, color_token: str, size: QSize) -> QPixmap:
    """Pixmap of an icon, `size` in device pixels; kept in Qt's pixmap cache."""
    theme = current()
    colour, on_colour = theme.rgba(color_token), theme.rgba("accent.on")
    key = f"icon/{name}/{colour}/{on_colour}/{size.width()}x{size.height()}"
    cached = QPixmap()
    if QPixmapCache.find(key, cached):
        return cached
    renderer = QSvgRenderer(QByteArray(recoloured(name, colour, on_colour).encode()))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    area = QRectF(QPointF(0, 0), QSizeF(size))
    pixmap = easel().draw(size.width(), size.height(), 1.0, lambda painter: renderer.render(painter, area))
    QPixmapCache.insert(key, pixmap)
    return pixmap


@lru_cache(maxsize=512)
def _shared_icon(name: str, color_token: str, checked_token: str) -> QIcon:
    return QIcon(_ThemedIconEngine(name, color_token, checked_token))


_clones: list[QIconEngine] = []


class _ThemedIconEngine(QIconEngine):
    """Draws one icon from the current theme's colours at whatever size and ratio Qt asks for."""

    def __init__(self, name: str, color_token: str, checked_token: str) -> None:
        super().__init__()
        self._name = name
        self._color_token = color_token
        self._checked_token = checked_token

    def clone(self) -> QIconEngine:
        """Copy for an icon that is about to differ."""
        copy = _ThemedIconEngine(self._name, self._color_token, self._checked_token)
        # Qt owns the copy but the binding would free it with its last Python reference: hold on until Qt lets go.
        _clones[:] = [clone for clone in _clones if isValid(clone)] + [copy]
        return copy

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw into `rect`."""
        paint_icon(painter, QRectF(rect), self._name, self._token(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Pixmap of `size` px at a ratio of 1."""
        return icon_pixmap(self._name, self._token(mode, state), size)

    def scaledPixmap(  # noqa: N802 (Qt's name)
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """Pixmap of `size` logical px at a ratio of `scale`."""
        pixmap = QPixmap(icon_pixmap(self._name, self._token(mode, state), size * scale))
        pixmap.setDevicePixelRatio(scale)
        return pixmap

    def _token(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return "text.disabled"
        return self._checked_token if state == QIcon.State.On else self._color_token
