"""The texts of chosen XML elements. Nothing but elements and text is understood; declarations are refused."""

from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from engine.flows.hls4ml.reports.errors import ReportError
from engine.flows.hls4ml.reports.source import read_bytes

_DEEPEST = 64


@dataclass(frozen=True, slots=True)
class Leaf:
    """The text of an element, and the line it stands in."""

    text: str
    line: int


def read_leaves(path: Path, wanted: frozenset[str]) -> dict[str, Leaf]:
    """The first element at each wanted path, e.g. `profile/AreaEstimates/Resources/LUT`. Raises ReportError.

    A report comes from a file that anybody may have written: a document type, and with it every entity, is
    refused, as are external references and deep nesting.
    """
    reader = _Reader(path, wanted)
    try:
        reader.parser.Parse(read_bytes(path), True)
    except expat.ExpatError as error:
        raise ReportError(path, f"line {error.lineno}", f"it is not XML: {expat.ErrorString(error.code)}") from error
    except (LookupError, ValueError) as error:
        if isinstance(error, ReportError):
            raise
        raise ReportError(path, "", "has an encoding that is not known") from error
    return reader.found


class _Reader:
    """Keeps the path to the present element and the text inside it."""

    def __init__(self, path: Path, wanted: frozenset[str]) -> None:
        self.found: dict[str, Leaf] = {}
        self._path, self._wanted = path, wanted
        self._open: list[str] = []
        self._text: list[str] | None = None
        self._line = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._open.append(tag)
        if len(self._open) > _DEEPEST:
            raise ReportError(self._path, f"line {self.parser.CurrentLineNumber}", "elements are nested too deeply")
        if "/".join(self._open) in self._wanted:
            self._text, self._line = [], self.parser.CurrentLineNumber

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        place = "/".join(self._open)
        if self._text is not None and place in self._wanted:
            self.found.setdefault(place, Leaf("".join(self._text).strip(), self._line))
            self._text = None
        self._open.pop()

    def _refuse(self, *_: object) -> None:
        line = f"line {self.parser.CurrentLineNumber}"
        raise ReportError(self._path, line, "document types and entities are not accepted in reports")
