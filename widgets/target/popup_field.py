"""PopupField: looks like a combo box, opens a small panel instead of a list."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import CaptionCombo


class PopupField(CaptionCombo):
    """Shows `text`; a click, Space or Alt+Down opens `panel` beneath it. Esc closes it."""

    def __init__(self, caption: str, icon_name: str, panel: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(caption, icon_name, parent)
        self.addItem("")
        self._frame = QFrame(self, Qt.WindowType.Popup)
        self._frame.setAccessibleName(caption)
        # Style sheets give no border to what a combo box holds itself.
        ground = QFrame()
        ground.setProperty("popup", "true")
        whole, column = QVBoxLayout(self._frame), QVBoxLayout(ground)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(ground)
        pad = theme.current().space(4)
        column.setContentsMargins(pad, pad, pad, pad)
        column.addWidget(panel)
        self._panel = panel

    def set_text(self, text: str) -> None:
        """What the closed field shows; the same again asks for no layout."""
        if text == self.itemText(0):
            return
        self.setItemText(0, text)
        self.setAccessibleDescription(text)
        self.updateGeometry()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open; a combo box would look pressed until it is released, which the panel never lets it know."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.showPopup()

    def showPopup(self) -> None:  # noqa: N802 (Qt's name)
        """Open the panel under the field, and give it the keyboard."""
        self._frame.adjustSize()
        self._frame.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._frame.show()
        self._panel.setFocus(Qt.FocusReason.PopupFocusReason)

    def hidePopup(self) -> None:  # noqa: N802 (Qt's name)
        """Close the panel."""
        self._frame.hide()
        super().hidePopup()
