"""The status bar: findings, where the numbers come from, the last edit, and how large the network is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStatusBar, QWidget

from engine.advice import Finding, Severity
from engine.advice.words import grouped, plural
from engine.design import Design
from engine.estimate import Estimate, Tier
from engine.network import Network
from engine.network.counts import network_counts
from widgets import theme
from widgets.controls import TierChip
from widgets.panels.findings_panel import ICONS

_WORDS = {Severity.OVER: "to mend", Severity.RISK: "risk", Severity.HINT: "hint"}


class StatusBar(QStatusBar):
    """`findings_requested` when a count is pressed."""

    findings_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setContentsMargins(0, 0, theme.current().space(4), 0)
        self._counts = {severity: self._count_button(severity) for severity in sorted(Severity, reverse=True)}
        self._tier = TierChip(Tier.ESTIMATE)
        self._shown: tuple[Network | None, str] = (None, "")
        self._edit, self._size, self._saved, self._zoom = (_label() for _ in range(4))
        self._left = QWidget()
        row = QHBoxLayout(self._left)
        row.setContentsMargins(theme.current().space(4), 0, 0, 0)
        row.setSpacing(theme.current().space(4))
        for widget in (*self._counts.values(), _label("Numbers shown"), self._tier, self._edit):
            row.addWidget(widget)
        self.addWidget(self._left)
        for label in (self._size, self._saved, self._zoom):
            self.addPermanentWidget(label)

    def show_contents(self, shown: bool) -> None:
        """Say all of the design, or nothing while none is in sight; the bar keeps its place."""
        for part in (self._left, self._size, self._saved, self._zoom):
            part.setVisible(shown)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Count findings by severity."""
        for severity, button in self._counts.items():
            count = sum(finding.severity is severity for finding in findings)
            word = _WORDS[severity]
            button.setText(f"{count} {word}" if severity is Severity.OVER else plural(count, word))
            button.setVisible(count > 0)

    def show_design(self, design: Design, estimate: Estimate) -> None:
        """Size of the network and tier of the numbers; settings, which a drag changes, concern neither."""
        label = f"{estimate.label}, with own runs" if estimate.own_runs else estimate.label
        if (design.network, label) == self._shown:
            return
        self._shown = (design.network, label)
        counts = network_counts(design.network)
        layers = plural(len(design.network.layers), "layer")
        self._size.setText(f"{layers} · {grouped(counts.parameters)} parameters · {_macs(counts.macs)}")
        self._tier.set_tier(estimate.tier, label=label)

    def show_edit(self, text: str) -> None:
        """The last edit's name."""
        self._edit.setText(f"Last edit: {text}" if text else "")

    def show_saved(self, text: str) -> None:
        """Whether a file holds the design."""
        self._saved.setText(text)

    def show_zoom(self, zoom: float) -> None:
        """The canvas's zoom, 1 for 100 %."""
        self._zoom.setText(f"{100 * zoom:.0f} %")

    def _count_button(self, severity: Severity) -> QPushButton:
        icon, token = ICONS[severity]
        button = QPushButton(theme.icon(icon, token), "")
        button.setProperty("role", "status")
        button.setToolTip("Show the findings")
        button.clicked.connect(self.findings_requested)
        return button


def _label(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setProperty("type", "dense")
    label.setProperty("tone", "secondary")
    return label


def _macs(count: int) -> str:
    for factor, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if count >= factor:
            return f"{count / factor:.3g} {unit} MACs"
    return f"{count} MACs"
