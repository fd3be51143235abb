"""Gallery page of the studio's own controls."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from engine.estimate import Tier
from widgets import theme
from widgets.controls import (
    CaptionCombo,
    Chip,
    ElidedLabel,
    EmptyState,
    IconLabel,
    KeyHint,
    Notice,
    PanelHeader,
    ProgressRing,
    SearchField,
    Section,
    Segment,
    SegmentedControl,
    TierChip,
    ToastHost,
    draw_over_limit,
    draw_resource_mark,
)
from widgets.gallery.layout import column, group, line, page, text

OVERLAYS = ("None", "LUT", "FF", "DSP", "BRAM", "Cycles", "Overflow")


def controls_page() -> QWidget:
    """All of `widgets.controls`."""
    return page(
        column(_chips(), _choices(), _fields(), _statements()),
        column(_headers(), _resources(), _empty(), _toast()),
    )


def _chips() -> QWidget:
    tiers = [TierChip(tier) for tier in Tier]
    ring = ProgressRing()
    ring.setValue(58)
    return group(
        "Tier chips, chips, keys",
        line(*tiers[:3]),
        line(*tiers[3:]),
        line(TierChip(Tier.C_SYNTHESIS, edits_old=2)),
        line(Chip("8,3", mono=True), Chip("RF 72"), Chip("RF 72", "accent"), Chip("1 running"), Chip("4"), ring),
        line(Chip("over", "danger"), Chip("risk", "warning"), Chip("fits", "ok")),
        line(KeyHint("R"), KeyHint("Ctrl+Shift+R"), KeyHint("Ctrl+K", joined=True), KeyHint("F1")),
    )


def _choices() -> QWidget:
    tabs = [Segment(name.lower(), name) for name in ("Weights", "Bias", "Sum", "Result")]
    precision = SegmentedControl(tabs, "Precision of")
    precision.set_value("weights")
    strategies = [Segment(name.lower(), name) for name in ("Latency", "Resource", "Unrolled")]
    strategy = SegmentedControl(strategies, "Strategy")
    strategy.set_value("resource")
    strategy.set_off("latency", "9,216 products, limit 4,096")
    mixed = SegmentedControl(strategies, "Strategy")
    mixed.set_mixed({"resource": 18, "unrolled": 2})
    overlay = SegmentedControl([Segment(name, name) for name in OVERLAYS], "Heat overlay", equal=False)
    overlay.set_value("DSP")
    reason = IconLabel("info", "Latency is off: 9,216 products, limit 4,096")
    reason.setProperty("tone", "secondary")
    return group("Segmented controls", precision, strategy, reason, mixed, line(overlay))


def _fields() -> QWidget:
    typed = SearchField("Filter layers", "A")
    typed.setText("conv")
    board = CaptionCombo("Board", "chip")
    board.addItems(["PYNQ-Z2", "Arty A7-100T"])
    clock = CaptionCombo("Clock", "clock")
    clock.addItems(["10.0 ns · 100 MHz"])
    off = CaptionCombo("Flow")
    off.addItems(["hls4ml · Vitis HLS 2023.2"])
    off.setEnabled(False)
    return group(
        "Fields", SearchField("Find a layer, a command, a number", "Ctrl+K"), typed, line(board), line(clock), line(off)
    )


def _statements() -> QWidget:
    return group(
        "Statements",
        line(
            IconLabel("over", "1 over limit", "danger"),
            IconLabel("warning", "2 risks", "warning"),
            IconLabel("info", "1 hint", "info"),
            IconLabel("check-circle", "fits", "ok"),
        ),
        Notice("A change here applies to all 20, as one step"),
        Notice("DSP is 38 over the board.", "danger", "What to change first"),
        Notice("Vitis HLS 2022.1 was found; tested with 2023.2 and later.", "warning", "Use anyway"),
    )


def _headers() -> QWidget:
    header = PanelHeader("Jobs")
    header.set_count("1 running")
    header.add_button("more", "More for jobs")
    outline = PanelHeader("digits_resnet", "17 layers, 2 rows")
    outline.add_trailing(TierChip(Tier.ESTIMATE))
    open_section = Section("Precision", "set on this layer")
    open_section.body.addWidget(text("What the section holds", "dense", "secondary"))
    folded = Section("Strategy", "inherited from the design")
    folded.set_folded(True)
    cost = Section("Cost of this layer")
    cost.header.add_trailing(TierChip(Tier.ESTIMATE))
    name = ElidedLabel("stage5_a_rather_long_name_of_a_layer_conv2d_batchnorm")
    name.setFixedWidth(220)
    cost.body.addWidget(name)
    return group("Headers and sections", header, outline, open_section, folded, cost)


def _resources() -> QWidget:
    return group("Resource marks, heat in five steps, over the limit", *[_Swatches(name) for name in _resource_names()])


def _resource_names() -> list[str]:
    return [name for name in theme.load_tokens().resources if name != "BRAM18"]


def _empty() -> QWidget:
    return EmptyState("bars", "No numbers yet", "Numbers start with the first layer.", "Add the first layer")


def _toast() -> QWidget:
    stage = QWidget()
    stage.setFixedSize(480, 96)
    ToastHost(stage).show_toast("Removed 3 layers and joined their neighbours.", "ok", "Undo")
    return stage


class _Swatches(QWidget):
    """Mark, heat scale and hatching of one resource."""

    def __init__(self, resource: str) -> None:
        super().__init__()
        self._resource = resource

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(360, theme.current().size("row"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        now = theme.current()
        painter = QPainter(self)
        middle = self.height() / 2
        draw_resource_mark(painter, QRectF(2, middle - 5, 10, 10), self._resource)
        painter.setFont(now.font("body", 600))
        painter.setPen(now.color("text.primary"))
        painter.drawText(QRectF(22, 0, 60 * now.text_scale, self.height()), 0x0080, self._resource)
        left = 24 + 52 * now.text_scale
        for step, colour in enumerate(now.heat_scale(self._resource)):
            painter.fillRect(QRectF(left + step * 28, middle - 6, 28, 12), colour)
        self._paint_bar(painter, left + 160, middle, now.color(f"resource.{self._resource}"))

    def _paint_bar(self, painter: QPainter, left: float, middle: float, colour: QColor) -> None:
        painter.fillRect(QRectF(left, middle - 6, 80, 12), colour)
        draw_over_limit(painter, QRectF(left + 80, middle - 6, 30, 12))
