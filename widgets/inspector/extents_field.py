"""ExtentsField: whole numbers with × between, such as a kernel or a shape."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from widgets.inspector.taken_field import STEPS, TakenField
from widgets.inspector.words import extents

_SEPARATORS = str.maketrans({"×": " ", "x": " ", "X": " ", "*": " ", ",": " ", "(": " ", ")": " ", "−": "-"})


class ExtentsField(TakenField):
    """`edited` tells extents that were entered; Up and Down change the one at the cursor."""

    edited = Signal(object)

    def __init__(self, length: int | None, minimum: int) -> None:
        super().__init__()
        self._length, self._minimum = length, minimum

    def show_value(self, value: tuple[int, ...] | None) -> None:
        """Show extents, or `Mixed` for None; leaves alone what is being typed."""
        self.show_text("" if value is None else extents(value))

    def take(self) -> None:
        """Tell extents that differ from what was shown."""
        try:
            value = self._read()
        except ValueError as error:
            self.mark(str(error))
            return
        if extents(value) != self.shown:
            self.setModified(False)
            self.edited.emit(value)
        else:
            self.restore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down step."""
        if event.key() in STEPS:
            self._step(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _step(self, change: int) -> None:
        try:
            numbers = list(self._read())
        except ValueError as error:
            self.mark(str(error))
            return
        place = min(self.text()[: self.cursorPosition()].count("×"), len(numbers) - 1)
        numbers[place] = max(numbers[place] + change, self._minimum)
        cursor = self.cursorPosition()
        self.setText(extents(tuple(numbers)))
        self.setCursorPosition(cursor)
        self.setModified(True)
        self.take()

    def _read(self) -> tuple[int, ...]:
        words = self.text().translate(_SEPARATORS).split()
        example = " × ".join(["3"] * (self._length or 2))
        try:
            numbers = tuple(int(word) for word in words)
        except ValueError:
            raise ValueError(f"Write whole numbers, such as {example}.") from None
        if not numbers or (self._length is not None and len(numbers) != self._length):
            raise ValueError(f"Write {self._length or 'some'} whole numbers, such as {example}.")
        if min(numbers) < self._minimum:
            raise ValueError(f"{min(numbers)} is too small; at least {self._minimum}.")
        return numbers
