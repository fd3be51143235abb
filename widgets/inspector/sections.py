"""The inspector's sections: which there are, what their headings say, and which of them are closed."""

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import Section
from widgets.help import tool_tip
from widgets.inspector.model import ReuseView, RoleView
from widgets.inspector.words import plural

TITLES = {
    "precision": "Precision",
    "reuse": "Reuse factor",
    "strategy": "Strategy",
    "settings": "More settings",
    "params": "Layer",
    "cost": "Cost of this layer",
    "built": "What the converter builds",
    "advice": "What to change first",
}
_TERMS = {"precision": "precision", "reuse": "reuse_factor", "strategy": "strategy"}


class Sections(QObject):
    """Keeps the sections by name. What a person opens or closes stays so; the rest follows `suggest`."""

    def __init__(self, column: QVBoxLayout, contents: Mapping[str, QWidget]) -> None:
        super().__init__()
        self._chosen: dict[str, bool] = {}
        self._sections: dict[str, Section] = {}
        for key, content in contents.items():
            section = Section(TITLES[key])
            section.body.addWidget(content)
            section.body.setContentsMargins(0, 0, 0, theme.current().space(2))
            layout = section.layout()
            if layout is not None:
                layout.setSpacing(theme.current().space(1))
            section.header.clicked.connect(lambda _checked=False, key=key: self._remember(key))
            section.hide()
            self._sections[key] = section
            column.addWidget(section)

    def __getitem__(self, key: str) -> Section:
        return self._sections[key]

    def show(self, key: str, shown: bool, source: str = "", title: str = "") -> None:
        """Show or hide a section, with what its heading says."""
        section = self._sections[key]
        if section.isHidden() == shown:
            section.setVisible(shown)
        header = section.header
        wanted = title or TITLES[key]
        if header.text() != wanted:
            header.setText(wanted)
            header.updateGeometry()
        if shown and header.accessibleName() != (f"{wanted}, {source}" if source else wanted):
            header.set_source(source)
            if key in _TERMS:
                header.setToolTip(tool_tip(_TERMS[key]))

    def suggest(self, key: str, folded: bool) -> None:
        """Close or open a section unless a person has decided."""
        self._sections[key].set_folded(self._chosen.get(key, folded))

    def open(self, key: str) -> None:
        """Open a section to lead somewhere within."""
        self._sections[key].set_folded(False)

    def _remember(self, key: str) -> None:
        self._chosen[key] = self._sections[key].header.folded


def precision_title(roles: tuple[RoleView, ...]) -> str:
    """`Precision`, or whose it is where there is one role only: `Result precision`."""
    return f"{roles[0].label} precision" if len(roles) == 1 else TITLES["precision"]


def reuse_source(view: ReuseView) -> str:
    """`23 legal values`; `5 values, legal for all: 31` for a mixed selection."""
    if view.off:
        return ""
    if len(view.values) > 1:
        return f"{len(view.values)} values, legal for all: {len(view.legal):,}"
    legal = plural(len(view.legal), "legal value")
    return f"inherited, {legal}" if view.inherited else legal
