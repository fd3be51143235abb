"""PanelHeader: the title bar of a dock or view: title, count, a quiet line, and buttons at the right."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from widgets import theme
from widgets.controls.chip import Chip
from widgets.controls.elided_label import ElidedLabel


class PanelHeader(QWidget):
    """32 px high. As a dock's title bar widget it still drags the dock."""

    def __init__(self, title: str, detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        now = theme.current()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(now.space(5), 0, now.space(3), 0)
        self._row.setSpacing(now.space(3))
        self._title = QLabel(title, self)
        self._title.setProperty("type", "section")
        self._chip = Chip("", parent=self)
        self._chip.hide()
        self._detail = ElidedLabel(detail, parent=self)
        self._detail.setProperty("type", "dense")
        self._detail.setProperty("tone", "secondary")
        for widget in (self._title, self._chip):
            self._row.addWidget(widget)
        self._row.addWidget(self._detail, 1)
        self.setAccessibleName(title)
        self.setAutoFillBackground(True)
        self._fit_height()

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_count(self, text: str, tone: str = "neutral") -> None:
        """Show a chip behind the title (`4`, `1 running`); '' hides it."""
        self._chip.setText(text)
        self._chip.set_tone(tone)
        self._chip.setVisible(bool(text))

    def set_detail(self, text: str) -> None:
        """Change the quiet line behind the title."""
        self._detail.setText(text)

    def add_trailing(self, widget: QWidget) -> None:
        """Put a widget at the right end."""
        self._row.addWidget(widget)

    def add_button(self, icon_name: str, name: str) -> QToolButton:
        """Put an icon button at the right end; `name` is its tool tip and spoken name."""
        button = QToolButton(self)
        button.setProperty("compact", "true")
        button.setIcon(theme.icon(icon_name))
        button.setToolTip(name)
        button.setAccessibleName(name)
        self.add_trailing(button)
        return button

    def sizeHint(self) -> QSize:
        """A dock asks for this, and does not look at the minimum height."""
        return super().sizeHint().expandedTo(QSize(0, self.minimumHeight()))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_height()

    def _fit_height(self) -> None:
        self.setMinimumHeight(theme.current().size("dockHeader"))
