"""Command line of the gallery."""

import argparse
import os
import sys
from collections.abc import Sequence

SCHEMES = {"light": ("light",), "dark": ("dark",), "both": ("light", "dark")}


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the gallery into a picture; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m widgets.gallery", description="Picture of all controls.")
    parser.add_argument("out", help="PNG file to write")
    parser.add_argument("--theme", choices=sorted(SCHEMES), default="both")
    parser.add_argument("--text-scale", type=float, default=1.0, help="1.0 to 2.0")
    parser.add_argument("--page", choices=("controls", "standard", "window", "icons"), default="controls")
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from widgets.gallery.picture import draw_gallery

    return 0 if draw_gallery(options.out, options.page, SCHEMES[options.theme], options.text_scale) else 1


if __name__ == "__main__":
    sys.exit(main())
