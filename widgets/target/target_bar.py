"""Where the design shall run and what it must reach: board, clock, interface, flow, requirement."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.boards import Board
from engine.design import Design
from widgets import theme
from widgets.controls import CaptionCombo
from widgets.help import tool_tip
from widgets.target.clock_panel import ClockPanel, clock_text
from widgets.target.popup_field import PopupField
from widgets.target.requirement_panel import RequirementPanel, requirement_text

_WIDE, _NARROW = 260, 150
"""Width of the board's field at most: the longest of all names would take half the toolbar."""

ADD_BOARD = "add board"
"""What `board_chosen` carries for the last entry of the list."""


class TargetBar(QWidget):
    """Five fields; each says what a person chose, and shows what the design holds after `show_design`."""

    board_chosen = Signal(str)
    clock_chosen = Signal(float)
    io_chosen = Signal(str)
    flow_chosen = Signal(str)
    requirement_chosen = Signal(object)

    def __init__(self, boards: tuple[Board, ...], flows: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._clock_panel, self._requirement_panel = ClockPanel(), RequirementPanel()
        self.board = CaptionCombo("Board", "board")
        self.clock = PopupField("Clock", "clock", self._clock_panel)
        self.io = CaptionCombo("Interface")
        self.flow = CaptionCombo("Flow")
        self.requirement = PopupField("Requirement", "target", self._requirement_panel)
        self.set_boards(boards)
        for io_type in ("io_parallel", "io_stream"):
            self.io.addItem(io_type, io_type)
        for flow_id, label in flows:
            self.flow.addItem(label, flow_id)
        self._captioned = True
        self._lay_out()
        self._connect()

    def set_boards(self, boards: tuple[Board, ...]) -> None:
        """Offer these boards under whose tools make their bitstreams, and to add one."""
        self.board.clear()
        for title, by_amd in (("With open tools", False), ("With AMD's tools", True)):
            self._add_heading(title)
            for board in boards:
                if board.family.is_amd is by_amd:
                    self.board.addItem(board.name, board.id)
        self.board.insertSeparator(self.board.count())
        self.board.addItem("Add a board…", ADD_BOARD)

    def _add_heading(self, title: str) -> None:
        self.board.addItem(title)
        items = self.board.model()
        assert isinstance(items, QStandardItemModel)
        items.item(self.board.count() - 1).setEnabled(False)

    def show_design(self, design: Design) -> None:
        """Show a design's target and requirement."""
        target = design.target
        if self.board.findData(target.board.id) < 0:
            self.board.insertItem(0, target.board.name, target.board.id)
        self.board.setCurrentIndex(self.board.findData(target.board.id))
        self.io.setCurrentIndex(self.io.findData(target.io_type))
        self.flow.setCurrentIndex(self.flow.findData(target.flow))
        self.clock.set_text(clock_text(target.clock_ns, short=not self._captioned))
        self._clock_panel.set_period(target.clock_ns)
        self.requirement.set_text(requirement_text(design.requirement))
        self._requirement_panel.set_requirement(design.requirement)

    def show_captions(self, shown: bool) -> None:
        """Drop the captions where room is short."""
        self._captioned = shown
        self.board.setMaximumWidth(round((_WIDE if shown else _NARROW) * theme.current().text_scale))
        for field in (self.board, self.clock, self.io, self.flow, self.requirement):
            field.show_caption(shown)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().space(3))
        terms = {"Interface": "io_type", "Flow": "flow", "Clock": "rate"}
        for field in (self.board, self.clock, self.io, self.flow, self.requirement):
            field.setToolTip(tool_tip(terms.get(field.accessibleName(), "")))
            row.addWidget(field)

    def _connect(self) -> None:
        # `activated` speaks of the user only, never of `show_design`.
        self.board.activated.connect(lambda index: self.board_chosen.emit(self.board.itemData(index)))
        self.io.activated.connect(lambda index: self.io_chosen.emit(self.io.itemData(index)))
        self.flow.activated.connect(lambda index: self.flow_chosen.emit(self.flow.itemData(index)))
        self._clock_panel.chosen.connect(self.clock_chosen)
        self._requirement_panel.chosen.connect(self.requirement_chosen)
