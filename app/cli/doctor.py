"""`codesign-studio doctor`: what this computer can do, and what is missing for the rest."""

from argparse import ArgumentParser
from dataclasses import asdict

from app.cli.output import explained, say, say_json
from engine.environment import check

_MARKS = {"ok": "✓", "warn": "!", "missing": "–"}


@explained
def main(arguments: list[str]) -> int:
    """Check tools, compilers, memory and disk."""
    parser = ArgumentParser("codesign-studio doctor", description="Check what this computer can do.")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    found = check()
    if options.json:
        say_json([asdict(each) for each in found])
        return 0
    for each in found:
        say(f"{_MARKS[str(each.state)]} {each.title}: {each.detail}")
        if each.remedy:
            say(f"    {each.remedy}")
    return 0
