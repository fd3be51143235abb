"""`codesign-studio [FILE ...]`: open the window."""

import gc
import os
import sys
from argparse import ArgumentParser
from difflib import get_close_matches
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from app.cli.main import COMMANDS
from app.cli.output import BAD_INPUT, complain

_NO_SCREEN = (
    "there is no screen here. Take a picture with `codesign-studio screenshot FILE OUT.png`, "
    "or read the numbers with `codesign-studio estimate FILE`."
)


def main(arguments: list[str]) -> int:
    """Open files, each in a window; without one the welcome page."""
    commands = ", ".join(COMMANDS)
    parser = ArgumentParser(
        "codesign-studio", description="Codesign neural networks and FPGA hardware.", epilog=f"Commands: {commands}."
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="project or model to open")
    parser.add_argument("--version", action="version", version=f"Codesign Studio {_release()}")
    options = parser.parse_args(arguments)
    for file in options.files:
        if not file.exists():
            complain(_no_such(str(file)))
            return BAD_INPUT
    if not _has_screen():
        complain(_NO_SCREEN)
        return BAD_INPUT
    # A program that starts makes objects that stay: looking for some to free takes a twentieth of the start.
    gc.disable()
    from app.studio import run

    return run(options.files)


def _release() -> str:
    try:
        return version("codesign-studio")
    except PackageNotFoundError:
        return "from source, not installed"


def _no_such(word: str) -> str:
    """What to say of a word that is neither a file nor a command."""
    near = get_close_matches(word, COMMANDS, 1)
    return f"there is no file or command '{word}'." + (f" Did you mean '{near[0]}'?" if near else "")


def _has_screen() -> bool:
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
