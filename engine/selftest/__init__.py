"""The studio checks itself: each part does a small piece of its real work, and says how that went."""

from engine.selftest.bench import Bench
from engine.selftest.check import Check, NotAvailableError, Outcome, Verdict, carried_out
from engine.selftest.checks import CHECKS

__all__ = ["CHECKS", "Bench", "Check", "NotAvailableError", "Outcome", "Verdict", "carried_out"]
