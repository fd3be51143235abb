"""The wires of the target bar: board, clock, interface, flow and requirement."""

from app.main_window import MainWindow
from engine.boards import all_boards, board
from widgets.target import ADD_BOARD


def wire_target(window: MainWindow) -> None:
    """Connect the target's fields."""
    target, settings = window.target_bar, window.workspace.settings

    def choose_board(board_id: str) -> None:
        if board_id == ADD_BOARD:
            _add_board(window)
        else:
            settings.set_board(board(board_id, window.studio.folders.boards))

    target.board_chosen.connect(choose_board)
    target.clock_chosen.connect(settings.set_clock)
    target.io_chosen.connect(settings.set_io)
    target.flow_chosen.connect(settings.set_flow)
    target.requirement_chosen.connect(settings.set_requirement)


def _add_board(window: MainWindow) -> None:
    from app.dialogs.board_dialog import BoardDialog

    space, target, boards = window.workspace, window.target_bar, window.studio.folders.boards
    dialog = BoardDialog(space.document.design.target.board, boards, window)
    if dialog.exec() and dialog.board is not None:
        target.set_boards(all_boards(boards))
        space.settings.set_board(dialog.board)
    target.show_design(space.document.design)
    dialog.deleteLater()
