"""The boxed tables of text reports: rules of + and -, rows of | and cells, headers of one or more lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.flows.hls4ml.reports.errors import ReportError
from engine.flows.hls4ml.reports.source import number

_RULE = re.compile(r"\+[-+]+\+")
_SECTION = re.compile(r"== (.+)")
_TITLE = re.compile(r"([+*]) (.+?):")


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header: its line in the file, and its cells by column."""

    path: Path
    line: int
    cells: dict[str, str]

    def number(self, column: str, unit: str = "") -> float | None:
        """The number in a column; None where the tool left it open or the table has no such column.

        Raises ReportError on anything that is not a number.
        """
        try:
            return number(self.cells.get(column, ""), unit)
        except ValueError as error:
            raise ReportError(self.path, f"line {self.line}, {column}", str(error)) from error


@dataclass(slots=True)
class Table:
    """A table, and the headings above it: section, group and title, '' where there is none."""

    path: Path
    headings: tuple[str, str, str]
    head: list[str] = field(default_factory=list)
    body: list[tuple[int, str]] = field(default_factory=list)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns: what stands above each in all lines of the header, joined by spaces."""
        if not self.head:
            return ()
        edges = _edges(self.head[-1])
        return tuple(" ".join(self._above(start)) for start in edges[:-1])

    def rows(self) -> Iterator[Row]:
        """The rows below the header. Raises ReportError where one has too many or too few cells."""
        columns = self.columns
        for line, text in self.body:
            cells = [cell.strip() for cell in text.removeprefix("|").removesuffix("|").split("|")]
            if len(cells) != len(columns):
                raise ReportError(self.path, f"line {line}", f"{len(cells)} cells, {len(columns)} expected")
            yield Row(self.path, line, dict(zip(columns, cells, strict=True)))

    def _above(self, start: int) -> Iterator[str]:
        for line in self.head:
            edges = [edge for edge in _edges(line) if edge <= start]
            cell = line[edges[-1] + 1 :].partition("|")[0].strip() if edges else ""
            if cell:
                yield cell


def read_tables(path: Path, lines: list[str]) -> Iterator[Table]:
    """The tables of a text report, in its order."""
    headings = ["", "", ""]
    table: Table | None = None
    rules = 0
    for index, line in enumerate(lines, start=1):
        text = line.strip()
        if _RULE.fullmatch(text):
            table, rules = table or Table(path, (headings[0], headings[1], headings[2])), rules + 1
        elif table is not None and text.startswith("|"):
            if rules == 1:
                table.head.append(line.rstrip())
            else:
                table.body.append((index, text))
        else:
            if table is not None:
                yield table
            table, rules = None, 0
            _note(headings, text)
    if table is not None:
        yield table


def _note(headings: list[str], text: str) -> None:
    """Sections begin with ==, groups with +, titles with *."""
    if found := _SECTION.fullmatch(text):
        headings[:] = [found[1], "", ""]
    elif found := _TITLE.match(text):
        headings[1:] = [found[2], ""] if found[1] == "+" else [headings[1], found[2]]


def _edges(line: str) -> list[int]:
    return [index for index, character in enumerate(line) if character == "|"]
