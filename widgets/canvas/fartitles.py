"""Titles of blocks seen from far, to which the findings of their layers rise."""

from collections import Counter
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QStaticText, QTransform

from widgets.canvas.framepaint import stage_title
from widgets.canvas.geometry import Rect
from widgets.canvas.look import Look, Text
from widgets.canvas.model import BlockView
from widgets.canvas.pen import Pen
from widgets.canvas.picture import Picture

_KINDS = (("over", "over", "danger", "over limit", "over limit"), ("risk", "warning", "warning", "risk", "risks"))


_IN_WORDS = 100.0
"""Room in px for findings that are spelled out."""
_LEAST_GAP = 20.0
"""Between rows, in px, for a title to have room beside the wire that returns there."""


class _Small(NamedTuple):
    """The short title of a framed block."""

    frame: Rect
    words: QStaticText
    width: float
    counts: Counter[str]


class FarTitles:
    """What is written over blocks: stages with their facts, or short block titles where there are no stages."""

    def __init__(self, picture: Picture, look: Look) -> None:
        self._picture = picture
        self._text = Text(look.smallest, 600)
        layout = picture.layout
        self._stages = [b for b in picture.shown.blocks if b.id in layout.titles]
        named = {m for block in self._stages for m in block.members}
        framed = [b for b in picture.shown.blocks if b.id in layout.frames and not named.issuperset(b.members)]
        self._framed = [
            _Small(
                layout.frames[b.id],
                look.line(b.title, self._text),
                look.width(b.title, self._text),
                self._counts(b.members),
            )
            for b in framed
        ]
        named.update(m for block in framed for m in block.members)
        self._loose = [n for n in picture.shown.nodes if n.badges and n.id not in named]

    def say_the_same(self, picture: Picture) -> bool:
        """Whether these titles serve another picture, in which the selection's block has other amounts, say."""
        before = self._picture
        if picture.layout is not before.layout:
            return False
        blocks = zip(before.shown.blocks, picture.shown.blocks, strict=True)
        nodes = zip(before.shown.nodes, picture.shown.nodes, strict=True)
        staged = picture.layout.titles
        return all(a is b or (a.title == b.title and b.id not in staged) for a, b in blocks) and all(
            a is b or a.badges == b.badges for a, b in nodes
        )

    def _counts(self, members: tuple[str, ...]) -> Counter[str]:
        nodes = self._picture.nodes
        return Counter(b.kind for m in members if m in nodes for b in nodes[m].badges)

    def paint(self, pen: Pen, world: QTransform, exposed: Rect) -> None:
        """Write what is in sight; the painter is in px."""
        for block in self._stages:
            self._paint_stage(pen, block, world)
        scale = world.m11()
        pen.painter.setFont(pen.look.font(self._text))
        pen.painter.setPen(pen.look.colour("text.secondary"))
        near = exposed.grown(0, 40 / scale, 0, 40 / scale)
        legible = self._picture.layout.rows < 2 or self._picture.layout.row_gap * scale >= _LEAST_GAP
        seen = [small for small in self._framed if small.frame.touches(near)]
        metrics = pen.look.metrics(self._text)
        lift = 8 - metrics.capHeight() / 2 + metrics.ascent()
        for small in seen:
            if legible and small.width < small.frame.w * scale:
                corner = world.map(QPointF(small.frame.x, small.frame.y))
                pen.painter.drawStaticText(QPointF(corner.x(), corner.y() - lift), small.words)
        for small in seen:
            if small.counts:
                corner = world.map(QPointF(small.frame.x, small.frame.y))
                at = QPointF(corner.x() + small.width + 8, corner.y() - 8)
                _findings(pen, small.counts, at, in_words=False)
        for node in self._loose:
            box = self._picture.layout.boxes[node.id]
            at = world.map(QPointF(box.right, box.y)) + QPointF(-6, -2)
            _findings(pen, Counter(b.kind for b in node.badges), at, in_words=False)

    def _paint_stage(self, pen: Pen, block: BlockView, world: QTransform) -> None:
        layout = self._picture.layout
        at, room = world.map(QPointF(*layout.titles[block.id])), layout.title_room * world.m11()
        end = stage_title(pen, block, at.x(), at.y() - 2, room)
        _findings(pen, self._counts(block.members), end + QPointF(16, 0), in_words=end.x() + _IN_WORDS < at.x() + room)


def _findings(pen: Pen, counts: Counter[str], at: QPointF, in_words: bool) -> None:
    """How many overruns and risks there are; `at`: left end, middle height."""
    text = Text(pen.look.smallest + 1, 600)
    x = at.x()
    for kind, icon, token, one, many in _KINDS:
        count = counts[kind]
        if not count:
            continue
        pen.disc(QPointF(x + 7, at.y()), 9, "bg.canvas")
        pen.icon(icon, "io", token, QPointF(x + 7, at.y()), 14)
        x += 20
        if in_words:
            words = f"{count} {one if count == 1 else many}"
            pen.write(words, x, at.y(), text, token)
            x += pen.look.width(words, text) + 12
