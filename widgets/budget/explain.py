"""WhyPopover: why a number is what it is: value, doubt, where it comes from, reason, the layers behind it."""

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from widgets import theme
from widgets.budget.explanation import Contributor, Explanation
from widgets.budget.ink import DENSE, THEME_NAMES, Ink, Pen, begin, ink, resource_token
from widgets.budget.numbers import percent
from widgets.budget.spot import SpotGroup
from widgets.controls import TierChip, draw_mark, draw_shadow
from widgets.help import term

_WIDTH = 360
_MARGIN = 16
_PAD = 16
_BAR = 4


class WhyPopover(QFrame):
    """Opens beside a number; closes with Esc or a click elsewhere. `layer_clicked` follows its list of layers,
    `action_clicked` its buttons."""

    layer_clicked = Signal(str)
    action_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._title, self._value = _label("section"), _label("figure")
        self._against, self._doubt = _label("dense", "secondary"), _label("dense", "secondary")
        self._reason, self._energy, self._heading = _label("dense"), _label("dense"), _label("dense", "secondary")
        self._others, self._term = _label("caption", "tertiary"), _label("caption", "tertiary")
        self._tier: TierChip | None = None
        self._mark = _Mark(self)
        self.layers = Contributors(self)
        self.layers.clicked.connect(self._follow)
        self._head = QHBoxLayout()
        self._column = QVBoxLayout(self)
        self._compose()

    def show_for(self, explanation: Explanation, target: QRect) -> None:
        """Explain a number whose place on the screen is `target`."""
        self._fill(explanation)
        # Twice: wrapped labels know their height once they know their width.
        self.adjustSize()
        self.adjustSize()
        self.move(_beside(target, self.size()))
        self.show()
        self.layers.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, hairline and shadow."""
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        radius = now.radius("popup")
        draw_shadow(painter, card, radius)
        painter.setPen(now.color("line.default"))
        painter.setBrush(now.color("bg.panel"))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()

    def _compose(self) -> None:
        edge = _MARGIN + _PAD
        self._column.setContentsMargins(edge, edge - 4, edge, edge - 4)
        self._column.setSpacing(theme.current().space(3))
        self._head.addWidget(self._mark)
        self._head.addWidget(self._title, 1)
        self._column.addLayout(self._head)
        figure = QHBoxLayout()
        figure.addWidget(self._value)
        figure.addWidget(self._against, 1, Qt.AlignmentFlag.AlignBottom)
        self._column.addLayout(figure)
        for part in (self._doubt, self._reason, self._energy, self._heading, self.layers, self._others, self._term):
            self._column.addWidget(part)
        self._actions = QHBoxLayout()
        self._column.addLayout(self._actions)

    def _fill(self, explanation: Explanation) -> None:
        self.setFixedWidth(ink().px(_WIDTH) + 2 * _MARGIN)
        self.setAccessibleName(f"Why {explanation.title} is {explanation.value}")
        self.setAccessibleDescription(f"{explanation.doubt} {explanation.reason} {explanation.energy}".strip())
        self._mark.show_resource(explanation.key)
        self._title.setText(explanation.title)
        self._value.setText(explanation.value)
        self._against.setText(explanation.against)
        known = term(explanation.key)
        texts = {
            self._doubt: explanation.doubt,
            self._reason: explanation.reason,
            self._energy: explanation.energy,
            self._heading: explanation.heading if explanation.contributors else "",
            self._others: explanation.others,
            self._term: known.text if known is not None else "",
        }
        for label, text in texts.items():
            label.setText(text)
            label.setVisible(bool(text))
        self.layers.show_layers(explanation.contributors, explanation.key)
        if self._tier is None:
            self._tier = TierChip(explanation.tier, explanation.edits_old, self)
            self._head.addWidget(self._tier)
        self._tier.set_tier(explanation.tier, explanation.edits_old, explanation.source)
        self._offer(explanation.actions)

    def _offer(self, actions: tuple[tuple[str, str], ...]) -> None:
        """Have a button for each action."""
        while (item := self._actions.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for action, words in actions:
            button = QPushButton(words, self)
            button.setProperty("role", "link")
            button.clicked.connect(partial(self._act, action))
            self._actions.addWidget(button)
        if actions:
            self._actions.addStretch(1)

    def _act(self, action: str) -> None:
        self.close()
        self.action_clicked.emit(action)

    def _follow(self, layer: str) -> None:
        self.close()
        self.layer_clicked.emit(layer)


class Contributors(QWidget):
    """Layers with their part as bar, amount and percent; each can be clicked."""

    clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers: tuple[Contributor, ...] = ()
        self._token = "accent"
        self._spots = SpotGroup(self, self._tip, lambda key: self.clicked.emit(self._layers[int(key)].layer))

    def show_layers(self, layers: tuple[Contributor, ...], key: str) -> None:
        """Show parts of a resource, or of a figure of speed."""
        self._layers = layers
        self._token = resource_token(key) if key[0].isupper() else "line.edge"
        self._spots.show(tuple(str(index) for index in range(len(layers))))
        for spot, each in zip(self._spots.order, layers, strict=True):
            spot.describe(f"{each.layer}, {each.amount}, {percent(each.share)}", each.reason)
        self.setFixedHeight(len(layers) * self._row(ink()))
        self._place()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the layers; the first one pressed enters the list."""
        if not self._spots.walk(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QEvent) -> None:
        """Hand the keyboard to the first layer."""
        if self._spots.order:
            self._spots.order[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the spots over their rows."""
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows."""
        pen = begin(QPainter(self))
        row = self._row(pen.ink)
        amount = max((pen.ink.width(each.amount, DENSE) for each in self._layers), default=0)
        for index, each in enumerate(self._layers):
            self._paint_row(pen, each, int(row * (index + 0.5)), amount)
        pen.painter.end()

    def _paint_row(self, pen: Pen, each: Contributor, middle: int, amount: float) -> None:
        now, right = pen.ink, self.width()
        share_left = right - now.width("100 %", DENSE)
        amount_right = share_left - now.px(10)
        bar_left, bar_right = round(right * 0.44), round(amount_right - amount - now.px(10))
        pen.write(now.elided(each.layer, DENSE, bar_left - now.px(8)), 0, middle, DENSE, "text.primary")
        pen.write_right(percent(each.share), right, middle, DENSE, "text.secondary")
        pen.write_right(each.amount, amount_right, middle, DENSE, "text.primary")
        trough = QRectF(bar_left, middle - _BAR / 2, max(bar_right - bar_left, 0), _BAR)
        pen.box(trough, 2, now.colour("bg.sunken"))
        filled = QRectF(trough)
        filled.setWidth(max(trough.width() * each.share / self._layers[0].share, min(2.0, trough.width())))
        pen.box(filled, 2, now.colour(self._token))

    def _place(self) -> None:
        row = self._row(ink())
        for index, spot in enumerate(self._spots.order):
            spot.setGeometry(-2, index * row + 1, self.width() + 4, row - 2)

    def _row(self, now: Ink) -> int:
        return now.theme.size("row")

    def _tip(self, key: str) -> str:
        each = self._layers[int(key)]
        return each.reason or each.layer


class _Mark(QWidget):
    """The mark of a resource; nothing for a figure of speed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = ""
        side = ink().px(10)
        self.setFixedSize(side, side)

    def show_resource(self, key: str) -> None:
        """Show a resource's mark."""
        self._key = key
        self.setVisible(key[:1].isupper())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        name = THEME_NAMES.get(self._key, self._key)
        now = theme.current()
        draw_mark(QPainter(self), QRectF(self.rect()), now.resource_mark(name), now.color(f"resource.{name}"))


def _label(role: str, tone: str = "") -> QLabel:
    label = QLabel()
    label.setProperty("type", role)
    label.setProperty("tone", tone)
    label.setWordWrap(role in ("dense", "caption"))
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _beside(target: QRect, size: QSize) -> QPoint:
    """Above the number if there is room, else beneath; inside the screen."""
    screen = QGuiApplication.screenAt(target.center()) or QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    above = target.top() - size.height() + _MARGIN
    y = above if above >= room.top() else target.bottom() - _MARGIN
    x = min(max(target.left() - _MARGIN, room.left()), room.right() - size.width())
    return QPoint(x, min(max(y, room.top()), max(room.bottom() - size.height(), room.top())))
