"""Where pages end: a heading stays with what follows it, and no row of a table is cut in two.

Qt's text documents break anywhere between two lines. Here a heading without room begins a new page, and the row
before one that would be cut is made longer, up to the foot of its page.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QSizeF
from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
    QTextTableCellFormat,
)

_LEAST_BELOW = 130
"""What must fit under a heading on its page, px: a table's own heading and three rows."""
_SHORT_OF = 2
"""How far from the foot of a page a lengthened row ends, px: no line fits in there."""

Heights = list[float]


def paginate(document: QTextDocument, page: QSizeF) -> None:
    """Lay a document out on pages of this size, in px."""
    document.setPageSize(QSizeF(page.width(), -1))
    heights = {table.firstPosition(): _row_heights(table) for table in tables(document)}
    document.setPageSize(page)
    for part in _parts(document):
        if isinstance(part, QTextTable):
            _keep_rows_whole(part, heights[part.firstPosition()], page.height())
        elif part.blockFormat().headingLevel() > 1:
            _keep_with_what_follows(part, page.height())


def headings(document: QTextDocument) -> list[QTextBlock]:
    """The headings of a document, in order."""
    return [block for block in _blocks(document) if block.blockFormat().headingLevel()]


def tables(document: QTextDocument) -> list[QTextTable]:
    """The tables of a document, in order."""
    return [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]


def _parts(document: QTextDocument) -> Sequence[QTextTable | QTextBlock]:
    """Tables and headings in the order in which they stand."""
    placed: dict[int, QTextTable | QTextBlock] = {table.firstPosition(): table for table in tables(document)}
    placed |= {block.position(): block for block in headings(document)}
    return [placed[position] for position in sorted(placed)]


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _row_heights(table: QTextTable) -> Heights:
    """The height of each row where no page ends, px."""
    layout = table.document().documentLayout()
    tops = [_top(table, row) for row in range(table.rows())]
    frame = layout.frameBoundingRect(table)
    return [after - before for before, after in pairwise([*tops, max(frame.bottom(), tops[-1])])]


def _top(table: QTextTable, row: int) -> float:
    layout = table.document().documentLayout()
    cells = (table.cellAt(row, column) for column in range(table.columns()))
    return min(layout.blockBoundingRect(cell.firstCursorPosition().block()).top() for cell in cells)


def _keep_rows_whole(table: QTextTable, heights: Heights, height: float) -> None:
    """Lengthen the last row of each page."""
    if table.rows() < 2:
        return
    too_short = list(_too_short(heights, _top(table, 1) % height, height))
    if not too_short:
        return
    cursor = table.firstCursorPosition()
    # One change for the layout, not one for each cell.
    cursor.beginEditBlock()
    for row, by in too_short:
        _lengthen(table, row, by)
    cursor.endEditBlock()
    _lay_out_afresh(table.document())


def _too_short(heights: Heights, place: float, height: float) -> Iterator[tuple[int, float]]:
    """The last row of each page, and how much higher it must be, where the first row stands at `place`, px."""
    for row in range(1, len(heights)):
        if place + heights[row] > height:
            if row > 1:
                yield row - 1, max(height - place - _SHORT_OF, 0)
            # The table's heading is repeated above it.
            place = heights[0]
        place += heights[row]


def _lengthen(table: QTextTable, row: int, by: float) -> None:
    for column in range(table.columns()):
        cell = table.cellAt(row, column)
        wanted = QTextTableCellFormat(cell.format().toTableCellFormat())
        wanted.setBottomPadding(by + wanted.bottomPadding())
        cell.setFormat(wanted)


def _keep_with_what_follows(heading: QTextBlock, height: float) -> None:
    """Begin a new page before a heading that has no room for the beginning of its table or picture."""
    following = heading.next()
    if not following.isValid():
        return
    layout = heading.document().documentLayout()
    top = layout.blockBoundingRect(heading).top()
    end = max(layout.blockBoundingRect(following).bottom() - 1, top + _LEAST_BELOW)
    if top // height != end // height:
        broken = QTextBlockFormat()
        broken.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        QTextCursor(heading).mergeBlockFormat(broken)
        _lay_out_afresh(heading.document())


def _lay_out_afresh(document: QTextDocument) -> None:
    """After a small change Qt would leave blocks out when it draws a page."""
    document.markContentsDirty(0, document.characterCount())
