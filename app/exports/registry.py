"""All exports as data: the File > Export menu is made of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QImage

from app.exports.pdf import pdf_bytes
from app.exports.report import report_html
from app.exports.subject import Drawing, Subject
from app.exports.table import table_csv
from engine.project.atomic import write_atomically

_LONGEST_NAME = 50
_MOST_ON_PAPER = 2800
"""Pixels a side of a picture in a report: 300 dots per inch on A4."""


@dataclass(frozen=True, slots=True)
class Export:
    """One way to write a subject. `content` gives the file's bytes and raises ValueError where it cannot;
    `off` says why it cannot now, or ''."""

    id: str
    label: str
    suffix: str
    """With its dot."""
    kind: str
    """The file type in words, for the file dialog."""
    content: Callable[[Subject], bytes]
    off: Callable[[Subject], str] = lambda _subject: ""
    stem: str = ""
    """What the suggested file name adds to the design's."""


def find_export(export_id: str) -> Export:
    """The export of an id; KeyError where there is none."""
    return _BY_ID[export_id]


def suggested_name(export: Export, subject: Subject) -> str:
    """A file name made of the design's name, without what file systems refuse."""
    words = re.sub(r"[^\w.-]+", "_", subject.design.name).strip("._")[:_LONGEST_NAME]
    return f"{words or 'design'}{export.stem}{export.suffix}"


def write_export(export: Export, subject: Subject, path: Path) -> Path:
    """Write the file, whole or not at all, and return its path, which gets the suffix if it has none.

    Raises ValueError when there is nothing to export and OSError when the file cannot be written.
    """
    reason = export.off(subject)
    if reason:
        raise ValueError(f"Cannot {export.label[:1].lower()}{export.label[1:].rstrip('…')}: {reason}.")
    content = export.content(subject)
    target = path if path.suffix else path.with_name(path.name + export.suffix)
    write_atomically(target, lambda file: _write(file.write, content))
    return target


def _write(write: Callable[[bytes], int], content: bytes) -> None:
    write(content)


def _report(subject: Subject) -> str:
    pictures = {"Network": subject.graph}
    return report_html(
        subject.design,
        subject.estimate,
        subject.flow,
        subject.findings,
        subject.runs,
        {title: _on_paper(picture) for title, picture in pictures.items() if picture is not None},
        subject.safe_share,
        f"Written by Codesign Studio on {datetime.now():%d %B %Y}.",
    )


def _on_paper(picture: Drawing) -> QImage:
    return QImage.fromData(picture.on_paper().png(most=_MOST_ON_PAPER))


def _title(subject: Subject) -> str:
    return f"{subject.design.name} on {subject.design.target.board.name}"


def _table(subject: Subject) -> bytes:
    return table_csv(subject.design, subject.estimate, subject.flow).encode()


def _html(subject: Subject) -> bytes:
    return _report(subject).encode()


def _pdf(subject: Subject) -> bytes:
    return pdf_bytes(_report(subject), _title(subject))


def _given(picture: Drawing | None) -> Drawing:
    if picture is None:
        raise ValueError("There is no picture of it.")
    return picture


def _no_graph(subject: Subject) -> str:
    return "" if subject.graph is not None else "there is no picture of the network"


def _no_budget(subject: Subject) -> str:
    return "" if subject.budget is not None else "there is no picture of the budget"


EXPORTS = (
    Export("report.pdf", "Export report as PDF…", ".pdf", "PDF document", _pdf, stem="_report"),
    Export("report.html", "Export report as HTML…", ".html", "Web page", _html, stem="_report"),
    Export("table.csv", "Export table of layers as CSV…", ".csv", "Comma-separated values", _table, stem="_layers"),
    Export(
        "graph.png",
        "Export picture of the network as PNG…",
        ".png",
        "PNG picture",
        lambda subject: _given(subject.graph).png(),
        _no_graph,
        "_network",
    ),
    Export(
        "graph.svg",
        "Export picture of the network as SVG…",
        ".svg",
        "SVG picture",
        lambda subject: _given(subject.graph).svg(_title(subject)),
        _no_graph,
        "_network",
    ),
    Export(
        "budget.png",
        "Export picture of the budget as PNG…",
        ".png",
        "PNG picture",
        lambda subject: _given(subject.budget).png(),
        _no_budget,
        "_budget",
    ),
    Export(
        "budget.svg",
        "Export picture of the budget as SVG…",
        ".svg",
        "SVG picture",
        lambda subject: _given(subject.budget).svg(_title(subject)),
        _no_budget,
        "_budget",
    ),
)
"""In the order of the menu."""

_BY_ID = {export.id: export for export in EXPORTS}
