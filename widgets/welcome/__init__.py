"""The welcome page."""

from widgets.welcome.model import AbilityView, ExampleView, RecentView, RecoveredView
from widgets.welcome.welcome_page import WelcomePage

__all__ = ["AbilityView", "ExampleView", "RecentView", "RecoveredView", "WelcomePage"]
