"""Tools: where vendors' tools are installed, for those that the search path does not lead to."""

from collections.abc import Sequence
from dataclasses import replace

from app.dialogs.layout import words
from app.dialogs.pages.page import Page
from app.dialogs.pages.tool_field import ToolField
from app.preferences import Preferences
from engine.environment import VENDOR_TOOLS, Tool


class ToolsPage(Page):
    """A path for each tool; what is found there is said beneath."""

    TITLE = "Tools"
    ICON = "wand"

    def __init__(self, tools: Sequence[Tool] = VENDOR_TOOLS) -> None:
        super().__init__()
        intro = "Name the folder of a tool, or its program, where it is not found by itself."
        self.column.addWidget(words(intro, tone="secondary"))
        self.fields = {tool.id: ToolField(tool) for tool in tools}
        for field in self.fields.values():
            self.column.addWidget(field)
            field.changed.connect(self.changed)
        self.column.addStretch(1)

    def show_preferences(self, preferences: Preferences) -> None:
        """Show the paths."""
        for tool_id, field in self.fields.items():
            field.set_path(preferences.tool_paths.get(tool_id, ""))

    def applied_to(self, preferences: Preferences) -> Preferences:
        """With the paths as given; those of tools that are not shown here are kept."""
        others = {tool_id: path for tool_id, path in preferences.tool_paths.items() if tool_id not in self.fields}
        given = {tool_id: field.path for tool_id, field in self.fields.items() if field.path}
        return replace(preferences, tool_paths=others | given)
