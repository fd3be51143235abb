"""Where pages end: a heading stays with what follows it, and no row of a table is cut in two.

Qt's text documents break anywhere between two lines, and each correction would lay the whole document out again. Here
it is laid out once, as one long strip, which is cut into pages between rows and lines; the heading of a table that goes
on is repeated above it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtGui import QTextBlock, QTextDocument, QTextTable

_LEAST_BELOW = 130
"""What must fit under a heading on its page, px: a table's own heading and three rows."""

Band = tuple[float, float]
"""Top and bottom, px from the top of the document."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line or a row: never cut. `needs` must fit on its page from its top on; `heading` is repeated above it when it
    begins a page.
    """

    top: float
    bottom: float
    needs: float = 0.0
    heading: Band | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """What of the document stands on one page, under the heading of a table that began on an earlier one."""

    top: float
    bottom: float
    heading: Band | None = None


def paginate(document: QTextDocument, height: float) -> tuple[Strip, ...]:
    """Cut a document that is laid out without pages into strips of at most this height, px."""
    return tuple(cut(_pieces(document), height))


def cut(pieces: Iterable[Piece], height: float) -> Iterator[Strip]:
    """Strips of at most `height`; only a piece that is higher itself is cut."""
    start, end, heading, room = 0.0, 0.0, None, height
    for piece in pieces:
        wanted = max(piece.bottom, piece.top + min(piece.needs, height))
        if wanted - start > room and piece.top > start:
            # The gap in front of the next piece may reach past the page.
            yield Strip(start, min(piece.top, start + room), heading)
            start, heading = piece.top, piece.heading
            room = height - (heading[1] - heading[0] if heading else 0.0)
        while piece.bottom - start > room:
            yield Strip(start, start + room, heading)
            start += room
        end = piece.bottom
    yield Strip(start, end, heading)


def headings(document: QTextDocument) -> list[QTextBlock]:
    """The headings of a document, in order."""
    return [block for block in _blocks(document) if block.blockFormat().headingLevel()]


def tables(document: QTextDocument) -> list[QTextTable]:
    """The tables of a document, in order."""
    return [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]


def row_bands(table: QTextTable) -> list[Band]:
    """Top and bottom of each row, px."""
    layout = table.document().documentLayout()
    tops = [_top(table, row) - table.format().cellPadding() for row in range(table.rows())]
    return list(pairwise([*tops, max(layout.frameBoundingRect(table).bottom(), tops[-1])]))


def _pieces(document: QTextDocument) -> Iterator[Piece]:
    """Lines and rows in the order in which they stand."""
    waiting = tables(document)
    block = document.begin()
    while block.isValid():
        if waiting and block.position() >= waiting[0].firstPosition():
            table = waiting.pop(0)
            yield from _rows(table)
            block = document.findBlock(table.lastPosition()).next()
        else:
            yield from _lines(block)
            block = block.next()


def _lines(block: QTextBlock) -> list[Piece]:
    layout = block.document().documentLayout()
    top = layout.blockBoundingRect(block).top()
    lines = [block.layout().lineAt(number) for number in range(block.layout().lineCount())]
    needs = _needs(block, top) if block.blockFormat().headingLevel() > 1 else 0.0
    return [Piece(top + line.y(), top + line.y() + line.height(), needs) for line in lines]


def _needs(heading: QTextBlock, top: float) -> float:
    """Room for a heading and the beginning of its table or picture, px; less at the end of the document."""
    following = heading.next()
    if not following.isValid():
        return 0.0
    layout = heading.document().documentLayout()
    least = min(_LEAST_BELOW, layout.documentSize().height() - top)
    return max(layout.blockBoundingRect(following).bottom() - top, least)


def _rows(table: QTextTable) -> list[Piece]:
    """Rows; the first is the table's heading, which stays with the second."""
    first, *others = row_bands(table)
    needs = others[0][1] - first[0] if others else 0.0
    return [Piece(*first, needs), *(Piece(*band, heading=first) for band in others)]


def _top(table: QTextTable, row: int) -> float:
    layout = table.document().documentLayout()
    cells = (table.cellAt(row, column) for column in range(table.columns()))
    return min(layout.blockBoundingRect(cell.firstCursorPosition().block()).top() for cell in cells)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()
