"""What this sitting did: one point for each undo step, for the strip of edits."""

from PySide6.QtCore import QObject, Signal

from app.document import Document
from app.live import LiveNumbers
from engine.estimate import Level
from widgets.budget import EditPoint, edit_point


class Sitting(QObject):
    """Points by undo index, at each level; index 0 is the design as it was opened.

    Only what is drawn of an edit is kept.
    """

    changed = Signal()

    def __init__(self, document: Document, live: LiveNumbers) -> None:
        super().__init__(document)
        self._document, self._stack, self._live = document, document.undo_stack, live
        self._points: dict[Level, list[EditPoint]] = {level: [edit_point("Opened", live.at(level))] for level in Level}
        # Qt says so after a push, a merge, an undo and a redo alike.
        self._stack.indexChanged.connect(self._follow)
        document.gesture_ended.connect(self._catch_up)
        live.recalibrated.connect(self._draw_anew)

    @property
    def points(self) -> list[EditPoint]:
        """One for each step, at the level that is shown."""
        return self._points[self._live.level]

    @property
    def current(self) -> int:
        """The index of the step that is shown."""
        return self._stack.index()

    def _follow(self, index: int) -> None:
        # While a hand is at work, the level in sight is enough for the frame.
        self._write(index, (self._live.level,) if self._document.gesture_number else tuple(Level))
        self.changed.emit()

    def _catch_up(self) -> None:
        self._write(self.current, tuple(Level))

    def _draw_anew(self) -> None:
        """All points are of the same estimator: a step between two of them is an edit's."""
        titles = ["Opened", *(self._stack.text(index) for index in range(self._stack.count()))]
        steps = list(zip(titles, self._document.steps(), strict=True))
        for level in Level:
            self._points[level] = [edit_point(title, self._live.of(design, level)) for title, design in steps]
        self.changed.emit()

    def _write(self, index: int, levels: tuple[Level, ...]) -> None:
        for level in levels:
            points = self._points[level]
            if index:
                points[index : index + 1] = [edit_point(self._stack.text(index - 1), self._live.at(level))]
            del points[self._stack.count() + 1 :]
