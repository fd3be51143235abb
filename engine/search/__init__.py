"""Searching the settings of one network: what each layer may have, and which settings no other one beats."""

from engine.search.candidates import TooManyError, legal_candidates
from engine.search.front import COSTS, SHARE, SPEEDS, Found, Front, front
from engine.search.proposal import Change, NothingToFoldError, Proposal, by_rule, fit_to_board, meet_rate

__all__ = [
    "COSTS",
    "SHARE",
    "SPEEDS",
    "Change",
    "Found",
    "Front",
    "NothingToFoldError",
    "Proposal",
    "TooManyError",
    "by_rule",
    "fit_to_board",
    "front",
    "legal_candidates",
    "meet_rate",
]
