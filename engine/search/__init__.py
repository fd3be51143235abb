"""Searching the settings of one network: what each layer may have, and which settings no other one beats."""

from engine.search.candidates import TooManyError, legal_candidates
from engine.search.front import COSTS, SHARE, SPEEDS, Found, Front, front

__all__ = ["COSTS", "SHARE", "SPEEDS", "Found", "Front", "TooManyError", "front", "legal_candidates"]
