"""`codesign-studio doctor`: what this computer can do, and what is missing for the rest."""

import sys
from argparse import ArgumentParser
from dataclasses import asdict

from app.cli.output import FAILED, complain, explained, say, say_json
from app.folders import Folders
from app.preferences import load_preferences
from engine.computers import listed
from engine.environment import check
from engine.environment.open_tools import OPEN_TOOLS

_MARKS = {"ok": "✓", "warn": "!", "missing": "–"}


@explained
def main(arguments: list[str]) -> int:
    """Check tools, compilers, memory and disk, and list other computers."""
    parser = ArgumentParser("codesign-studio doctor", description="Check what this computer can do.")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--prepare", action="store_true", help="compile the open tools now, not at their first use")
    options = parser.parse_args(arguments)
    if options.prepare and not _prepared():
        return FAILED
    preferences = load_preferences(Folders.of_user().preferences)
    found = (*check(preferences.tool_paths), *listed(preferences.computers))
    if options.json:
        say_json([asdict(each) for each in found])
        return 0
    for each in found:
        say(f"{_MARKS[str(each.state)]} {each.title}: {each.detail}")
        if each.remedy:
            say(f"    {each.remedy}")
    return 0


def _prepared() -> bool:
    """Whether all open tools that are installed are compiled now; each is named as its turn comes."""
    from engine.flows.rtl.tools import OpenToolError, prepare

    def told(text: str, _fraction: float) -> None:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    try:
        prepare([tool for tool in OPEN_TOOLS if tool.version], told)
    except OpenToolError as error:
        complain(str(error))
        return False
    except KeyboardInterrupt:
        complain("Stopped; what was compiled before stays.")
        return False
    return True
