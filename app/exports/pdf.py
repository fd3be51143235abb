"""Laying a report out on A4 pages with a running title and page numbers, and writing it as PDF."""

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)

from app.exports.html import MAY_BREAK
from app.exports.pagination import Band, headings, paginate
from engine.project.told import Told, unheard
from widgets.theme import make_theme

_DOTS_PER_INCH = 96
"""Sizes in the report are CSS px."""
_FINENESS = 12
"""Dots of the page description in one px: text is placed as finely as on a printer."""
_LAYOUT = QPageLayout(
    QPageSize(QPageSize.PageSizeId.A4),
    QPageLayout.Orientation.Portrait,
    QMarginsF(16, 18, 16, 18),
    QPageLayout.Unit.Millimeter,
)
_LAID_OUT = 0.5
"""Share of the work that is done when the pages are known."""
_FOOT_TOP, _FOOT_HEIGHT = 10, 16


def pdf_bytes(html: str, title: str, told: Told = unheard) -> bytes:
    """The PDF of a report. Raises ValueError when it cannot be written, and what `told` raises."""
    told(0.1)
    pages = Pages(html, title, told)
    told(_LAID_OUT)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS_PER_INCH * _FINENESS)
    writer.setPageLayout(_LAYOUT)
    writer.setTitle(title)
    writer.setCreator("Codesign Studio")
    painter = QPainter()
    if not painter.begin(writer):
        raise ValueError("The report could not be written as PDF.")
    # Otherwise pictures would be kept as JPEG, with halos around every line.
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    painter.scale(_FINENESS, _FINENESS)
    try:
        for number in range(pages.count):
            if number:
                writer.newPage()
            pages.paint(painter, number)
            told(_LAID_OUT + (1 - _LAID_OUT) * (number + 1) / pages.count)
    finally:
        painter.end()
    return bytes(buffer.data().data())


class Pages:
    """A report in pages, painted in px at 96 dots per inch from the corner between the margins."""

    def __init__(self, html: str, title: str, told: Told = unheard) -> None:
        self.size = QSizeF(_LAYOUT.paintRectPixels(_DOTS_PER_INCH).size())
        self.document = _document(html, self.size.width())
        told(0.2)
        self.document.documentLayout().documentSize()  # which lays it out
        told(0.4)
        self.strips = paginate(self.document, self.size.height())
        self._title = title

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.strips)

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint one page, counted from 0, with its foot."""
        strip, top = self.strips[number], 0.0
        if strip.heading is not None:
            self._paint_band(painter, strip.heading, top)
            top = strip.heading[1] - strip.heading[0]
        self._paint_band(painter, (strip.top, strip.bottom), top)
        self._paint_foot(painter, number)

    def _paint_band(self, painter: QPainter, band: Band, at: float) -> None:
        """Paint a part of the document with its top at `at`."""
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, make_theme("light").color("text.primary"))
        context.palette = palette
        context.clip = QRectF(0, band[0], self.size.width(), band[1] - band[0])
        painter.save()
        painter.translate(0, at - band[0])
        painter.setClipRect(context.clip)
        self.document.documentLayout().draw(painter, context)
        painter.restore()

    def _paint_foot(self, painter: QPainter, number: int) -> None:
        """Title at the left, page of pages at the right."""
        paper = make_theme("light")
        painter.setFont(_unhinted(paper.font("caption")))
        painter.setPen(paper.color("text.secondary"))
        foot = QRectF(0, self.size.height() + _FOOT_TOP, self.size.width(), _FOOT_HEIGHT)
        words = f"Page {number + 1} of {self.count}"
        room = self.size.width() - painter.fontMetrics().horizontalAdvance(words) - _FOOT_HEIGHT
        shown = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideMiddle, round(room))
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)


def _document(html: str, width: float) -> QTextDocument:
    """A report laid out as one long page of this width, px."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setUseDesignMetrics(True)
    document.setDefaultFont(_unhinted(make_theme("light").font("body")))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    document.setDefaultTextOption(option)
    document.setMetaInformation(QTextDocument.MetaInformation.CssMedia, "print")
    # Qt knows the character, not the element.
    document.setHtml(html.replace(MAY_BREAK, "\N{ZERO WIDTH SPACE}"))
    for heading in headings(document):
        _take_at_its_word(heading)
    document.setPageSize(QSizeF(width, -1))
    return document


def _unhinted(font: QFont) -> QFont:
    """Without hinting, letters stand where they belong at any size."""
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _take_at_its_word(heading: QTextBlock) -> None:
    """Drop the factor by which Qt enlarges headings on top of the size that the style sheet gives them."""
    cursor = QTextCursor(heading)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    plain = cursor.charFormat()
    plain.clearProperty(QTextFormat.Property.FontSizeAdjustment)
    cursor.setCharFormat(plain)
