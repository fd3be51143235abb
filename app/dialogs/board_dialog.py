"""Adding a board: a form that begins as a copy, checked as it is typed, saved in the user's folder."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from app.dialogs.board_draft import board_of, copy_of, draft_of, problems
from app.dialogs.board_form import BoardForm
from app.dialogs.explain import explain_on_f1
from app.dialogs.field import Field
from app.dialogs.layout import buttons, fit, hairline, padded, primary, scrolled, words
from engine.boards import Board, BoardError, all_boards, save_board
from engine.boards.value import Origin
from widgets.controls import Notice

_EMPTY = "An empty form"


class BoardDialog(QDialog):
    """After `exec()` returns true, `board` is the one that was saved in `folder`."""

    def __init__(self, start: Board | None, folder: Path, parent: QWidget | None = None) -> None:
        """`start`: the board to begin with a copy of; one of the user's own is changed instead."""
        super().__init__(parent)
        self.setWindowTitle("Add a board")
        self.board: Board | None = None
        self._folder = folder
        self._own = {board.id: board for board in all_boards(folder) if board.origin is Origin.USER}
        self._tried = False
        self.form = BoardForm()
        self.start = self._make_start()
        self.notice = Notice("", "danger")
        self.save = primary("")
        self._lay_out()
        self.form.changed.connect(self._check)
        self.start.currentIndexChanged.connect(self._begin)
        self.start.setCurrentIndex(max(self.start.findText(start.name) if start else 0, 0))
        self._begin()
        explain_on_f1(self)
        fit(self, 720, 680)

    def accept(self) -> None:
        """Save the board; where something is wrong, say so and stay."""
        self._tried = True
        self._check()
        wrong = problems(self.form.draft())
        if wrong:
            self._go_to_first(set(wrong))
            return
        try:
            board = board_of(self.form.draft())
            save_board(self._folder, board)
        except BoardError as error:
            self._say(f"The board {error.reason}.")
            return
        self.board = board
        super().accept()

    def _make_start(self) -> QComboBox:
        start = QComboBox()
        start.addItem(_EMPTY)
        for board in all_boards(self._folder):
            start.addItem(board.name, board)
        return start

    def _begin(self) -> None:
        board = self.start.currentData()
        self._tried = False
        own = isinstance(board, Board) and board.id in self._own
        self._start_field.set_hint("Your own board: saving changes it." if own else "")
        if not isinstance(board, Board):
            self.form.show_draft({}, own_id=False)
        else:
            self.form.show_draft(draft_of(board) if own else copy_of(board), own_id=own)

    def _check(self) -> None:
        draft = self.form.draft()
        wrong = problems(draft)
        self.form.show_problems(wrong, everywhere=self._tried)
        period = draft["clock", "ns"]
        self.form.set_clock_hint("" if ("clock", "ns") in wrong else f"{1000 / float(period.replace(',', '')):.4g} MHz")
        taken = self._own.get(draft["id",])
        self.save.setText("Replace board" if taken else "Add board")
        self._say("")

    def _say(self, text: str) -> None:
        self.notice.show_statement(text, "danger")
        self.notice.setVisible(bool(text))

    def _go_to_first(self, wrong: set[tuple[str, ...]]) -> None:
        path = next(path for path in self.form.draft() if path in wrong)
        edit = self.form.edit(path)
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(self.form.field(path))

    def _lay_out(self) -> None:
        head = QWidget()
        top = padded(head)
        intro = "Every figure names the document it was read from, so that others can trust the board."
        top.addWidget(words(intro, tone="secondary"))
        self._start_field = Field("Begin with a copy of", self.start)
        top.addWidget(self._start_field)
        self._area = scrolled(self.form)
        cancel = QPushButton("Cancel")
        foot = buttons(
            (self.save, QDialogButtonBox.ButtonRole.AcceptRole),
            (cancel, QDialogButtonBox.ButtonRole.RejectRole),
        )
        foot.accepted.connect(self.accept)
        foot.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (head, hairline(), self._area, hairline(), self.notice, foot):
            column.addWidget(widget, 1 if widget is self._area else 0)
