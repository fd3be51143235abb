"""A check and its outcome, as values."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from engine.selftest.bench import Bench


class Verdict(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    NOT_AVAILABLE = "not available"
    """This computer or this installation lacks what the part needs: no fault."""
    FAILED = "failed"


class NotAvailableError(Exception):
    """What a check needs is not here; the text says what, and what serves instead."""


@dataclass(frozen=True, slots=True)
class Check:
    """One part of the studio; `run` does a piece of its work, and returns what came of it in a few words."""

    id: str
    title: str
    run: Callable[[Bench], str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a check ended, with its result or the reason, after how many seconds."""

    id: str
    title: str
    verdict: Verdict
    detail: str
    seconds: float


def carried_out(check: Check, bench: Bench) -> Outcome:
    """The outcome of a check; whatever it raises has become part of it."""
    start = time.monotonic()
    verdict, detail = _verdict(check, bench)
    return Outcome(check.id, check.title, verdict, detail, round(time.monotonic() - start, 1))


def _verdict(check: Check, bench: Bench) -> tuple[Verdict, str]:
    try:
        return Verdict.PASSED, check.run(bench)
    except NotAvailableError as missing:
        return Verdict.NOT_AVAILABLE, str(missing)
    except Exception as error:  # noqa: BLE001 - the self-test is there to tell of any fault, and to go on
        return Verdict.FAILED, f"{error}" or type(error).__name__
