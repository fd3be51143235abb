"""`codesign-studio --selftest`: each part does a small piece of its real work here, and says how that went."""

import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from app.cli.output import FAILED, explained, say_json, table
from app.folders import EXAMPLES
from engine.jobs.errors import JobError
from engine.selftest import CHECKS, Bench, Check, Outcome, Verdict, carried_out

_EXAMPLE = EXAMPLES / "jet_tagger.codesign"
_WINDOW_SECONDS = 120


@explained
def main(arguments: list[str]) -> int:
    """Check window, example, estimate, golden model, conversion, emulation, Yosys and training."""
    parser = ArgumentParser("codesign-studio --selftest", description="Check every part of the studio here.")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    outcomes = _outcomes()
    if options.json:
        say_json([asdict(each) for each in outcomes])
    else:
        table([_row(each) for each in outcomes])
    return FAILED if any(each.verdict is Verdict.FAILED for each in outcomes) else 0


def _outcomes() -> list[Outcome]:
    with TemporaryDirectory(prefix="codesign-") as name, Bench(_EXAMPLE, Path(name)) as bench:
        window = Check("window", "Open the window", lambda _bench: _window(Path(name) / "window.png"))
        return [_told(check, bench) for check in (window, *CHECKS)]


def _told(check: Check, bench: Bench) -> Outcome:
    sys.stderr.write(f"{check.title}…\n")
    sys.stderr.flush()
    return carried_out(check, bench)


def _window(picture: Path) -> str:
    """Draw the window in a process of its own: where Qt lacks a library, it ends its process."""
    command = [*_program(), "screenshot", str(_EXAMPLE), str(picture), "--size", "1366x768"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_WINDOW_SECONDS, check=False)
    if done.returncode != 0 or not picture.exists():
        raise JobError(_last_line(done.stderr) or f"The window ended with exit code {done.returncode}.")
    return f"Drawn without a screen, {picture.stat().st_size / 1e3:,.0f} kB."


def _program() -> Sequence[str]:
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "app"]


def _last_line(text: str) -> str:
    """What went wrong: the last line, but for what an installer's executable adds."""
    return next((line for line in reversed(text.splitlines()) if line.strip() and not line.startswith("[PYI")), "")


def _row(outcome: Outcome) -> tuple[str, str, str, str]:
    return outcome.title, str(outcome.verdict), f"{outcome.seconds:.1f} s", outcome.detail
