"""`codesign-studio doctor`: what this computer can do, and what is missing for the rest."""

from argparse import ArgumentParser
from dataclasses import asdict

from app.cli.output import explained, say, say_json
from app.folders import Folders
from app.preferences import load_preferences
from engine.computers import listed
from engine.environment import check

_MARKS = {"ok": "✓", "warn": "!", "missing": "–"}


@explained
def main(arguments: list[str]) -> int:
    """Check tools, compilers, memory and disk, and list other computers."""
    parser = ArgumentParser("codesign-studio doctor", description="Check what this computer can do.")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
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
