"""The command `codesign-studio`: without a command word it opens the window."""

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

COMMANDS = {
    "estimate": "app.cli.estimate",
    "sweep": "app.cli.sweep",
    "compare": "app.cli.compare",
    "fit": "app.cli.fit",
    "fold": "app.cli.fold",
    "simulate": "app.cli.simulate",
    "convert": "app.cli.convert",
    "export": "app.cli.export",
    "emulate": "app.cli.emulate",
    "evaluate": "app.cli.evaluate",
    "fetch": "app.cli.fetch",
    "ranges": "app.cli.ranges",
    "scan": "app.cli.scan",
    "train": "app.cli.train",
    "synthesize": "app.cli.synthesize",
    "calibration": "app.cli.calibration",
    "scoreboard": "app.cli.scoreboard",
    "boards": "app.cli.boards",
    "doctor": "app.cli.doctor",
    "--selftest": "app.cli.selftest",
    "addons": "app.cli.addons",
    "screenshot": "app.cli.screenshot",
}
"""Each command is a module with `main(arguments) -> exit code`, imported when it is asked for: the window's
start does not wait for what only a command needs, nor the other way round."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command or open the window. Returns 0, 1 for a failed job, 2 for bad input."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    module = COMMANDS.get(words[0]) if words else None
    run: Callable[[list[str]], int] = import_module(module or "app.cli.window").main
    return run(words[1:] if module else words)


def entry() -> None:
    """The console script."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # Who read the result has enough of it, as `| head` has. Python flushes once more as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)
