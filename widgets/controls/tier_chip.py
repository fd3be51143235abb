"""TierChip: where a number comes from, as six dots and a name; dashed when it is out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets import theme
from widgets.controls.painted_label import PaintedLabel
from widgets.controls.painting import TIER_COUNT, dashed_pen, draw_tier_dots, tier_dots_width

if TYPE_CHECKING:
    from engine.estimate import Tier

_HEIGHT = 20
_PAD = 6
_GAP = 5


class TierChip(PaintedLabel):
    """Six dots filled up to the tier's rank, then its name: `C synthesis, 2 edits old`."""

    def __init__(self, tier: Tier, edits_old: int = 0, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_tier(tier, edits_old)

    def set_tier(self, tier: Tier, edits_old: int = 0, label: str = "") -> None:
        """Show a tier by its name or another label; above 0 edits the numbers are of an earlier design."""
        self._rank = int(tier)
        self._stale = edits_old > 0
        age = f", {edits_old} {'edit' if edits_old == 1 else 'edits'} old" if self._stale else ""
        self.setText((label or tier.label) + age)
        self.setAccessibleName(f"{self.text()}, tier {self._rank} of {TIER_COUNT}")
        self.setToolTip(f"{self.text()}. Step {self._rank} of {TIER_COUNT} from estimate to measurement.")
        self.updateGeometry()
        self.update()

    @property
    def is_stale(self) -> bool:
        """Whether the numbers are of an earlier design."""
        return self._stale

    def label_font(self) -> QFont:
        """11 px, medium."""
        return theme.current().font("caption", 500)

    def sizeHint(self) -> QSize:
        """Dots, text and padding."""
        height = max(round(_HEIGHT * theme.current().text_scale), theme.current().line("caption") + 4)
        return QSize(round(2 * _PAD + tier_dots_width() + _GAP + self.text_width(self.text())), height)

    def minimumSizeHint(self) -> QSize:
        """A tier is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frame, dots and name."""
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(self._frame_pen(now))
        painter.drawRoundedRect(frame, now.radius("chip"), now.radius("chip"))
        ink = now.color("text.tertiary" if self._stale else "text.secondary")
        draw_tier_dots(painter, _PAD, self.height() / 2, self._rank, ink)
        painter.setPen(ink)
        painter.setFont(self.label_font())
        left = round(_PAD + tier_dots_width() + _GAP)
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())

    def _frame_pen(self, now: theme.Theme) -> QPen:
        return dashed_pen(now.color("line.control")) if self._stale else QPen(now.color("line.default"), 1)
