"""Findings: what is wrong or risky, each with the fix that mends it in one step."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from engine.advice import Finding, Fix, Severity
from widgets import theme
from widgets.controls import ElidedLabel, EmptyState, PanelHeader

ICONS = {
    Severity.OVER: ("over", "danger"),
    Severity.RISK: ("warning", "warning"),
    Severity.HINT: ("info", "info"),
}
"""Icon and colour token of each severity."""


class FindingsPanel(QWidget):
    """A row for each finding. Hovering a fix previews it; pressing it applies it as one undo step."""

    fix_requested = Signal(object)
    fix_hovered = Signal(object)
    """The Fix under the mouse, or None."""
    layers_requested = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self.header = PanelHeader("Findings")
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(self._list)
        self._area = area
        self._empty = EmptyState("check-circle", "Nothing to mend", "The design fits and everything is connected.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, area, self._empty):
            column.addWidget(widget)
        self._kept: list[_Row] = []
        self.set_findings(())

    def set_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show findings, the gravest first. Rows stay, and with them the keyboard's place."""
        while len(self._kept) < len(findings):
            self._add_row()
        for row in self._kept[len(findings) :]:
            row.hide()
        for row, finding in zip(self._kept, findings, strict=False):
            row.show_finding(finding)
        self.header.set_count(str(len(findings)) if findings else "")
        self._area.setVisible(bool(findings))
        self._empty.setVisible(not findings)

    def _add_row(self) -> None:
        row = _Row()
        row.fix_requested.connect(self.fix_requested)
        row.fix_hovered.connect(self.fix_hovered)
        row.layers_requested.connect(self.layers_requested)
        self._rows.insertWidget(len(self._kept), row)
        self._kept.append(row)


class _Row(QWidget):
    fix_requested = Signal(object)
    fix_hovered = Signal(object)
    layers_requested = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self._finding: Finding | None = None
        self._icon = QLabel()
        self._title, self._detail = ElidedLabel(), ElidedLabel()
        self._button = _FixButton()
        self._button.clicked.connect(lambda: self.fix_requested.emit(self._fix))
        self._button.entered.connect(lambda: self.fix_hovered.emit(self._fix))
        self._button.left.connect(lambda: self.fix_hovered.emit(None))
        self._lay_out()

    @property
    def _fix(self) -> Fix | None:
        return self._finding.fix if self._finding is not None else None

    def _lay_out(self) -> None:
        now = theme.current()
        row = QHBoxLayout(self)
        row.setContentsMargins(now.space(5), now.space(2), now.space(4), now.space(2))
        row.setSpacing(now.space(4))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._texts(), 1)
        row.addWidget(self._button)

    def _texts(self) -> QVBoxLayout:
        self._title.setProperty("type", "dense")
        self._title.setProperty("weight", "600")
        self._detail.setProperty("type", "dense")
        self._detail.setProperty("tone", "secondary")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self._detail)
        return column

    def show_finding(self, finding: Finding) -> None:
        """Show another finding, or the same with a fix for the present design."""
        self._finding = finding
        self._paint_icon(finding.severity)
        self._title.setText(finding.title)
        self._detail.setText(finding.detail)
        self._button.setVisible(finding.fix is not None)
        if finding.fix is not None:
            self._button.setText(finding.fix.label)
            self._button.setToolTip(f"{finding.fix.text}. One step; undo takes it back.")
        self.setAccessibleName(f"{finding.severity.name.lower()}: {finding.title}. {finding.detail}")
        self.setToolTip(f"{finding.title}. {finding.detail}")
        self.setCursor(Qt.CursorShape.PointingHandCursor if finding.layers else Qt.CursorShape.ArrowCursor)
        self.show()

    def _paint_icon(self, severity: Severity) -> None:
        name, token = ICONS[severity]
        self._icon.setPixmap(theme.icon(name, token).pixmap(16, 16))

    def changeEvent(self, event: QEvent) -> None:
        """Take the icon's colour from another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._finding is not None:
            self._paint_icon(self._finding.severity)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show the layers it is about."""
        if self._finding is not None and self._finding.layers:
            self.layers_requested.emit(self._finding.layers)


class _FixButton(QPushButton):
    entered = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "soft")
        self.setMinimumWidth(88)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Preview."""
        super().enterEvent(event)
        self.entered.emit()

    def leaveEvent(self, event: QEvent) -> None:
        """End the preview."""
        super().leaveEvent(event)
        self.left.emit()
