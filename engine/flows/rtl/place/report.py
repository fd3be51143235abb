"""Reading what nextpnr leaves: its report where it went through, its log where it did not."""

import re
from collections.abc import Mapping
from typing import Any

from engine.flows.rtl.place.placed import Clock, DoesNotFitError, Step, Use
from engine.flows.rtl.tools import OpenToolError, Trouble

_USE = re.compile(r"^Info:\s+(?P<name>[A-Z][A-Z0-9_]+):\s*(?P<used>\d+)/\s*(?P<available>\d+)\s+\d+%$", re.MULTILINE)
_NO_ROOM = re.compile(r"no BELs remaining|Unable to find legal placement|utili[sz]ation limit|failed to place", re.I)
_WARNING = re.compile(r"^Warning: (.*)$", re.MULTILINE)
_MOST_WARNINGS = 100


def clocks(report: Mapping[str, Any]) -> tuple[Clock, ...]:
    """The clocks by name; nextpnr's additions to a net's name are taken off."""
    found = report["fmax"].items()
    return tuple(Clock(_plain(name), float(each["achieved"]), float(each["constraint"])) for name, each in found)


def _plain(net: str) -> str:
    return re.sub(r"^\$glbnet\$|\$TRELLIS_IO_IN$|\$SB_IO_IN(_\$glb_clk)?$|_IBUF_I_O$", "", net)


def uses(report: Mapping[str, Any]) -> tuple[Use, ...]:
    """What is taken, without what the design does not use."""
    found = report["utilization"].items()
    return tuple(Use(name, int(each["used"]), int(each["available"])) for name, each in found if each["used"])


def slowest(report: Mapping[str, Any]) -> tuple[Step, ...]:
    """The longest way between registers of one clock."""
    ways = [tuple(map(_step, way["path"])) for way in report["critical_paths"] if way["from"] == way["to"]]
    return max(ways, key=lambda steps: sum(step.delay_ns for step in steps), default=())


def _step(step: Mapping[str, Any]) -> Step:
    return Step(str(step["type"]), str(step.get("net") or step["to"]["cell"]), round(float(step["delay"]), 3))


def warnings(log: str) -> tuple[str, ...]:
    """Each warning once."""
    return tuple(dict.fromkeys(_WARNING.findall(log)))[:_MOST_WARNINGS]


def explained(error: OpenToolError, log: str, board: str) -> OpenToolError:
    """The error of a run that failed, as one of room where that is the reason."""
    if error.trouble is not Trouble.INPUT or not _NO_ROOM.search(str(error)):
        return error
    table = [Use(use["name"], int(use["used"]), int(use["available"])) for use in _USE.finditer(log)]
    over = tuple(use for use in table if use.used > use.available)
    if over:
        needs = ", ".join(f"{use.used:,} {use.name} of {use.available:,}" for use in over)
        return DoesNotFitError(f"The design does not fit the {board}: it needs {needs}.", over)
    fullest = max(table, key=lambda use: use.used / use.available if use.available > 4 else 0, default=None)
    told = f" It takes {fullest.used:,} {fullest.name} of {fullest.available:,}." if fullest else ""
    return DoesNotFitError(f"The design does not fit the {board}: no place was found for all of it.{told}", ())
