"""Pieces of HTML that both browsers and Qt's text documents understand. All text is escaped here."""

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtGui import QImage

from app.exports.png import png_of

MAY_BREAK = "<wbr/>"
"""Where a long word may go on in the next line."""
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_LONG_WORD = re.compile(r"(\S{15,})")
_LONGEST_TYPE = 40
"""Characters up to which a word with `<` is taken for a type and stays whole."""
_PIECE = re.compile(r"[^_./-]{1,14}[_./-]*|[_./-]+")
# Between a number and its unit, but not in `1 to 2`.
_UNIT_SPACE = re.compile(r"(?<=\d) (?!to )(?=\D)")


@dataclass(frozen=True, slots=True)
class Markup:
    """HTML that is safe to insert as it is."""

    html: str


Content = str | Markup


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, whether it holds numbers, and its width in px (0: what it needs)."""

    title: str
    numeric: bool = False
    width: int = 0


def inner(content: Content) -> str:
    """HTML of a piece of text or markup; long names may be broken behind their separators, numbers stay whole."""
    if isinstance(content, Markup):
        return content.html
    whole = _UNIT_SPACE.sub(NO_BREAK_SPACE, content)
    parts = _LONG_WORD.split(whole)
    return "".join(_breakable(part) if _LONG_WORD.fullmatch(part) else escape(part) for part in parts)


def _breakable(word: str) -> str:
    if "<" in word and len(word) <= _LONGEST_TYPE:
        return escape(word)
    return MAY_BREAK.join(escape(piece) for piece in _PIECE.findall(word))


def join(*parts: Content) -> Markup:
    """Pieces one behind the other."""
    return Markup("".join(inner(part) for part in parts))


def tag(name: str, content: Content, css: str = "") -> Markup:
    """An element with an optional class."""
    style = f' class="{escape(css)}"' if css else ""
    return Markup(f"<{name}{style}>{inner(content)}</{name}>\n")


def small(content: Content) -> Markup:
    """Secondary text in a line."""
    return Markup(f'<span class="small">{inner(content)}</span>')


def line_break() -> Markup:
    """A new line within a cell."""
    return Markup("<br/>")


def table(columns: Sequence[Column], rows: Iterable[Sequence[Content]]) -> Markup:
    """A table whose heading is repeated on every page."""
    head = _row("th", columns, [column.title for column in columns])
    body = "\n".join(_row("td", columns, row) for row in rows)
    return Markup(
        '<table width="100%" cellspacing="0" cellpadding="3" border="0">\n'
        f"<thead>{head}</thead>\n<tbody>\n{body}\n</tbody></table>\n"
    )


def image(picture: QImage, width: int, height: int, words: str) -> Markup:
    """A picture inside the file; sizes in px, `words` for those who do not see it."""
    data = base64.b64encode(png_of(picture)).decode()
    return Markup(
        f'<img src="data:image/png;base64,{data}" width="{width}" height="{height}" alt="{escape(words)}"'
        ' style="vertical-align: middle"/>'
    )


def _row(name: str, columns: Sequence[Column], cells: Sequence[Content]) -> str:
    before = [False, *(column.numeric for column in columns)]
    parts = zip(columns, cells, before, strict=False)
    return "<tr>" + "".join(_cell(name, column, cell, beside) for column, cell, beside in parts) + "</tr>"


def _cell(name: str, column: Column, content: Content, beside_number: bool) -> str:
    align = ' align="right"' if column.numeric else ' align="left"'
    width = f' width="{column.width}"' if column.width and name == "th" else ""
    # A left-aligned text would touch the right-aligned number before it.
    apart = ' class="apart"' if beside_number and not column.numeric else ""
    return f"<{name}{align}{width}{apart}>{inner(content)}</{name}>"
