"""Appearance: theme, text size, motion."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox

from app.dialogs.field import Field
from app.dialogs.pages.page import Page
from app.dialogs.pages.percent_field import PercentField
from app.preferences import Preferences
from widgets.controls import Segment, SegmentedControl

SMALLEST, LARGEST = 80, 200
"""Text size in percent."""


class AppearancePage(Page):
    """What the studio looks like."""

    TITLE = "Appearance"
    ICON = "eye"

    def __init__(self) -> None:
        super().__init__()
        choices = (
            Segment("system", "Like the system"),
            Segment("light", "Light"),
            Segment("dark", "Dark"),
        )
        self.theme = SegmentedControl(choices, "Theme")
        self.text_size = PercentField("Text size", SMALLEST, LARGEST, step=10)
        self.reduced_motion = QCheckBox("Reduce motion")
        motion = "The bar of a job that cannot tell how far it is stands still."
        self.column.addWidget(Field("Theme", self.theme))
        self.column.addWidget(
            Field("Text size", self.text_size.number, "Controls grow with it, from 80 to 200 %.", row=self.text_size)
        )
        self.column.addWidget(Field("", self.reduced_motion, motion))
        self.column.addStretch(1)
        self.theme.selected.connect(self.changed)
        self.text_size.changed.connect(self.changed)
        self.reduced_motion.clicked.connect(self.changed)

    def show_preferences(self, preferences: Preferences) -> None:
        """Show theme, text size and motion."""
        self.theme.set_value(preferences.theme)
        self.text_size.set_value(round(preferences.text_scale * 100))
        self.reduced_motion.setChecked(preferences.reduced_motion)

    def applied_to(self, preferences: Preferences) -> Preferences:
        """With theme, text size and motion as chosen."""
        return replace(
            preferences,
            theme=self.theme.value,
            text_scale=self.text_size.value / 100,
            reduced_motion=self.reduced_motion.isChecked(),
        )
