"""Pictures of the window's views: the network as its canvas lays it out, any other widget as it is shown."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QPoint, QSizeF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from app.exports.pictures import Picture
from app.exports.png import png_of
from app.exports.subject import MOST_PX
from widgets.canvas.export import draw_image, write_svg
from widgets.canvas.look import Look
from widgets.canvas.model import Heat
from widgets.canvas.picture import Picture as Network
from widgets.canvas.picture import draw_up
from widgets.canvas.stage import CanvasStage
from widgets.theme import make_theme

_PAPER = (980.0, 900.0)
"""Room for a network on a page, px: text of 12 px is then printed 6 points high."""


@dataclass(frozen=True, slots=True)
class NetworkPicture:
    """The whole network at full detail, wherever the view is."""

    network: Network
    look: Look

    def image(self, density: float = 2.0, most: int = MOST_PX) -> QImage:
        """Raises ValueError for an empty network."""
        bounds = self._bounded()
        return draw_image(self.network, self.look, min(density, most / max(bounds)))

    def png(self, density: float = 2.0, most: int = MOST_PX) -> bytes:
        """Raises ValueError for an empty network."""
        return png_of(self.image(density, most))

    def svg(self, title: str) -> bytes:
        """Raises ValueError for an empty network, OSError when there is no room for it."""
        self._bounded()
        return _taken("network.svg", lambda path: write_svg(self.network, self.look, path))

    def on_paper(self) -> "NetworkPicture":
        """In the light theme at 100 %, laid out for the width of a page; what a person placed stays where it is."""
        laid_out = draw_up(self.network.model, "rows", _PAPER)
        return NetworkPicture(laid_out, Look(make_theme("light"), _on_white(self.look.heat), self.look.full))

    def _bounded(self) -> tuple[float, float]:
        bounds = self.network.layout.bounds
        if not self.network.nodes:
            raise ValueError("There is nothing in the picture: the network has no layers.")
        return bounds.w, bounds.h


def _on_white(heat: Heat | None) -> Heat | None:
    """The same quantity in the light theme's colour."""
    paper = make_theme("light")
    token = f"resource.{heat.name}" if heat is not None else ""
    return replace(heat, colour=paper.color(token).name()) if heat is not None and token in paper.colours else heat


def network_picture(canvas: CanvasStage) -> NetworkPicture:
    """What a canvas shows, in its colours."""
    return NetworkPicture(canvas.canvas.picture, canvas.canvas.look)


def widget_picture(widget: QWidget) -> Picture:
    """A widget at its present size, on its own ground."""

    def paint(painter: QPainter) -> None:
        widget.render(painter, QPoint())

    return Picture(QSizeF(widget.size()), paint)


def _taken(name: str, write: Callable[[Path], None]) -> bytes:
    with TemporaryDirectory(prefix="codesign-") as folder:
        path = Path(folder) / name
        write(path)
        return path.read_bytes()
