"""Marks on fields: a value that is refused, with the reason, and one that is only inherited."""

from PySide6.QtWidgets import QWidget

from widgets import theme


def mark_invalid(field: QWidget, reason: str) -> None:
    """Outline a field in danger and say why; '' takes the mark away."""
    if bool(field.property("invalid")) == bool(reason) and field.accessibleDescription() == reason:
        return
    field.setProperty("invalid", bool(reason))
    field.setAccessibleDescription(reason)
    _polish(field)


def set_quiet(field: QWidget, quiet: bool) -> None:
    """Write a field's value in secondary text: it is inherited."""
    sheet = f"color: {theme.current().color('text.secondary').name()};" if quiet else ""
    # A style sheet of its own is the only way past the application's; setting it is slow, so only when it differs.
    if field.styleSheet() != sheet:
        field.setStyleSheet(sheet)


def _polish(field: QWidget) -> None:
    field.style().unpolish(field)
    field.style().polish(field)
    field.update()
