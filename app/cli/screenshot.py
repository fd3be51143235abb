"""`codesign-studio screenshot`: a picture of the whole window, without a screen."""

import os
from argparse import ArgumentParser
from pathlib import Path

from app.cli.output import FAILED, complain, explained
from engine.jobs.disk import note_of_full_disk

_SETTLE_MS = 600
"""Time for layouts, findings and curves to arrive."""


@explained
def main(arguments: list[str]) -> int:
    """Open a file offscreen and save what the window looks like."""
    parser = ArgumentParser("codesign-studio screenshot", description="Save a picture of the whole window.")
    parser.add_argument("file", type=Path, metavar="FILE", help="project or model, or 'welcome' for the first page")
    parser.add_argument("out", type=Path, metavar="OUT.png")
    parser.add_argument("--size", default="1920x1080", metavar="WxH")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--select", action="append", default=[], metavar="LAYER", help="layers to select")
    options = parser.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from app.picture import picture_of_window

    image = picture_of_window(options.file, _size(options.size), options.theme, options.select, _SETTLE_MS)
    if not image.save(str(options.out)):
        complain(f"{options.out} could not be written.{note_of_full_disk(options.out.absolute().parent)}")
        return FAILED
    return 0


def _size(text: str) -> tuple[int, int]:
    width, times, height = text.partition("x")
    if not times or not (width.isdecimal() and height.isdecimal()):
        raise ValueError(f"--size {text}: write WIDTHxHEIGHT, e.g. 1366x768.")
    size = int(width), int(height)
    if not (960 <= size[0] <= 7680 and 600 <= size[1] <= 4320):
        raise ValueError(f"--size {text}: the window takes 960x600 to 7680x4320.")
    return size
