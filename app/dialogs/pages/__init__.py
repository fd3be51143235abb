"""Pages of the preferences."""

from app.dialogs.pages.appearance import AppearancePage
from app.dialogs.pages.budget import BudgetPage
from app.dialogs.pages.computers import ComputersPage
from app.dialogs.pages.folders import FoldersPage
from app.dialogs.pages.page import Page
from app.dialogs.pages.shortcuts import ShortcutsPage
from app.dialogs.pages.tools import ToolsPage

__all__ = ["AppearancePage", "BudgetPage", "ComputersPage", "FoldersPage", "Page", "ShortcutsPage", "ToolsPage"]
