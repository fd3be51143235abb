"""Findings: what is wrong or risky, each with the fix that mends it in one step."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from engine.advice import Finding, Severity
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
        self._shown: tuple[Finding, ...] | None = None
        self.set_findings(())

    def set_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show findings, the gravest first."""
        if findings == self._shown:
            return
        self._shown = findings
        while self._rows.count() > 1:
            item = self._rows.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.deleteLater()
        for place, finding in enumerate(findings):
            self._rows.insertWidget(place, self._row(finding))
        self.header.set_count(str(len(findings)) if findings else "")
        self._area.setVisible(bool(findings))
        self._empty.setVisible(not findings)

    def _row(self, finding: Finding) -> QWidget:
        row = _Row(finding)
        row.fix_requested.connect(self.fix_requested)
        row.fix_hovered.connect(self.fix_hovered)
        row.layers_requested.connect(self.layers_requested)
        return row


class _Row(QWidget):
    fix_requested = Signal(object)
    fix_hovered = Signal(object)
    layers_requested = Signal(tuple)

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self._finding = finding
        now = theme.current()
        row = QHBoxLayout(self)
        row.setContentsMargins(now.space(5), now.space(2), now.space(4), now.space(2))
        row.setSpacing(now.space(4))
        row.addWidget(_icon(finding.severity), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(_texts(finding), 1)
        if finding.fix is not None:
            row.addWidget(self._button(finding))
        self.setAccessibleName(f"{finding.severity.name.lower()}: {finding.title}. {finding.detail}")
        self.setToolTip(f"{finding.title}. {finding.detail}")
        self.setCursor(Qt.CursorShape.PointingHandCursor if finding.layers else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show the layers it is about."""
        if self._finding.layers:
            self.layers_requested.emit(self._finding.layers)

    def _button(self, finding: Finding) -> QPushButton:
        assert finding.fix is not None
        button = _FixButton(finding.fix.label)
        button.setToolTip(f"{finding.fix.text}. One step; undo takes it back.")
        button.clicked.connect(lambda: self.fix_requested.emit(finding.fix))
        button.entered.connect(lambda: self.fix_hovered.emit(finding.fix))
        button.left.connect(lambda: self.fix_hovered.emit(None))
        return button


class _FixButton(QPushButton):
    entered = Signal()
    left = Signal()

    def __init__(self, label: str) -> None:
        super().__init__(label)
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


def _icon(severity: Severity) -> QLabel:
    name, token = ICONS[severity]
    label = QLabel()
    label.setPixmap(theme.icon(name, token).pixmap(16, 16))
    return label


def _texts(finding: Finding) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    title = ElidedLabel(finding.title)
    title.setProperty("type", "dense")
    title.setProperty("weight", "600")
    detail = ElidedLabel(finding.detail)
    detail.setProperty("type", "dense")
    detail.setProperty("tone", "secondary")
    column.addWidget(title)
    column.addWidget(detail)
    return column
