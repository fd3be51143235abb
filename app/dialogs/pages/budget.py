"""Budget: the share of a board that a design should not pass."""

from dataclasses import replace

from app.dialogs.field import Field
from app.dialogs.pages.budget_sample import BudgetSample
from app.dialogs.pages.page import Page
from app.dialogs.pages.percent_field import PercentField
from app.preferences import Preferences

SMALLEST, LARGEST = 10, 100
"""Safe share in percent."""


class BudgetPage(Page):
    """How full a board may be."""

    TITLE = "Budget"
    ICON = "bars"

    def __init__(self) -> None:
        super().__init__()
        self.safe_share = PercentField("Safe share", SMALLEST, LARGEST, step=5)
        hint = (
            "Past this share of the board a bar's percentage turns amber, and a finding says so. Fuller designs are"
            " hard to place and miss their clock."
        )
        self._sample = BudgetSample()
        self.column.addWidget(
            Field("Safe share of the board", self.safe_share.number, hint, "safe_share", self.safe_share)
        )
        self.column.addWidget(self._sample)
        self.column.addStretch(1)
        self.safe_share.changed.connect(self._sample.set_safe_share)
        self.safe_share.changed.connect(self.changed)

    def show_preferences(self, preferences: Preferences) -> None:
        """Show the safe share."""
        percent = round(preferences.safe_share * 100)
        self.safe_share.set_value(percent)
        self._sample.set_safe_share(percent)

    def applied_to(self, preferences: Preferences) -> Preferences:
        """With the safe share as chosen."""
        return replace(preferences, safe_share=self.safe_share.value / 100)
