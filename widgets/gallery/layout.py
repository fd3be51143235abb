"""How gallery pages are laid out: titled groups in columns."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from widgets import theme


def page(*columns: QWidget) -> QWidget:
    """Columns side by side on the panel ground."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(24, 24, 24, 24)
    row.setSpacing(32)
    for column in columns:
        row.addWidget(column, 1)
    return whole


def column(*groups: QWidget) -> QWidget:
    """Groups one below the other."""
    whole = QWidget()
    stack = QVBoxLayout(whole)
    stack.setContentsMargins(0, 0, 0, 0)
    stack.setSpacing(theme.current().space(5))
    for group in groups:
        stack.addWidget(group)
    stack.addStretch(1)
    return whole


def group(title: str, *rows: QWidget) -> QWidget:
    """A heading and what belongs to it."""
    whole = QWidget()
    stack = QVBoxLayout(whole)
    stack.setContentsMargins(0, 0, 0, 0)
    stack.setSpacing(theme.current().space(3))
    heading = QLabel(title)
    heading.setProperty("type", "dense")
    heading.setProperty("tone", "tertiary")
    stack.addWidget(heading)
    for row in rows:
        stack.addWidget(row)
    return whole


def line(*parts: QWidget, stretch: bool = True) -> QWidget:
    """Widgets side by side."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.current().space(3))
    for part in parts:
        row.addWidget(part)
    if stretch:
        row.addStretch(1)
    return whole


def text(words: str, role: str = "", tone: str = "") -> QLabel:
    """A label in a type role and tone."""
    label = QLabel(words)
    label.setProperty("type", role)
    label.setProperty("tone", tone)
    return label
