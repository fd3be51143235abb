"""The zoom control: out, the zoom in per cent, in."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from widgets import theme
from widgets.canvas.panel import FloatingPanel


class ZoomControl(FloatingPanel):
    """Emits `stepped` with +1 or -1, and `reset` for 100 %."""

    stepped = Signal(int)
    reset = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 2, 3, 2)
        row.setSpacing(2)
        self._out = self._button("Zoom out", "minus")
        self._reset = self._button("Zoom to 100 %", None)
        self._in = self._button("Zoom in", "plus")
        self._reset.setFixedWidth(58)
        for button in (self._out, self._reset, self._in):
            row.addWidget(button)
        self._out.clicked.connect(lambda: self.stepped.emit(-1))
        self._in.clicked.connect(lambda: self.stepped.emit(1))
        self._reset.clicked.connect(self.reset)
        self.show_zoom(1.0)

    def _button(self, name: str, icon: str | None) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("compact", True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if icon is not None:
            button.setIcon(theme.icon(icon))
            button.setIconSize(QSize(14, 14))
        return button

    def show_zoom(self, zoom: float) -> None:
        """Write the zoom."""
        self._reset.setText(f"{zoom * 100:.0f} %")
        self._reset.setAccessibleDescription(f"now {zoom * 100:.0f} %")
