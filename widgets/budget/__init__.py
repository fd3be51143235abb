"""The budget: bars against the board, where it goes, edits of the sitting, and why a number is what it is."""

from widgets.budget.accuracy_view import AccuracyView
from widgets.budget.bars import BudgetBars, Form
from widgets.budget.edits import EditsStrip
from widgets.budget.edits_view import EditPoint, EditsView
from widgets.budget.explain import WhyPopover
from widgets.budget.explanation import Contributor, Explanation, explain
from widgets.budget.header import BudgetHeader
from widgets.budget.present import LABELS, budget_view, edit_point, edits_view, where_view
from widgets.budget.view import BudgetRow, BudgetView, Figure, Level, Remark, Simulated, Tile, Verdict
from widgets.budget.where import WhereItGoes
from widgets.budget.where_view import Stack, WhereView, short_names

__all__ = [
    "LABELS",
    "AccuracyView",
    "BudgetBars",
    "BudgetHeader",
    "BudgetRow",
    "BudgetView",
    "Contributor",
    "EditPoint",
    "EditsStrip",
    "EditsView",
    "Explanation",
    "Figure",
    "Form",
    "Level",
    "Remark",
    "Simulated",
    "Stack",
    "Tile",
    "Verdict",
    "WhereItGoes",
    "WhereView",
    "WhyPopover",
    "budget_view",
    "edit_point",
    "edits_view",
    "explain",
    "short_names",
    "where_view",
]
