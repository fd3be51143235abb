"""Job functions that behave well and badly; run by real workers in the tests of the job system."""

import ctypes
import os
import re
import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path
from subprocess import run as borrowed  # noqa: F401 - a function that is not this module's own

from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter

IMPORTED_IN = os.getpid()

STUBBORN = """
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.write(1, b"%d\\n" % os.getpid())
while True:
    signal.pause()
"""

# Leaves its group, its session, its parent and its environment, and ignores the polite signal.
FUGITIVE = f"""
import os, sys
if os.fork(): os._exit(0)
os.setsid()
if os.fork(): os._exit(0)
os.execve(sys.executable, [sys.executable, "-c", {STUBBORN!r}], {{}})
"""


def succeed(reporter: Reporter, factor: int) -> dict:
    reporter.phase("Counting")
    reporter.progress(0.25)
    reporter.metric("bits", 16 * factor)
    print("printed to standard output")  # noqa: T201 - hls4ml prints too
    os.system("echo printed by a shell")
    reporter.phase("Summing up")
    reporter.progress(0.5)
    Path("report.txt").write_text("kept", encoding="utf-8")
    return {"answer": 21 * factor, "where": os.getcwd()}


def whoami(reporter: Reporter) -> dict:
    return {
        "pid": os.getpid(),
        "imported_in": IMPORTED_IN,
        "nice": os.nice(0),
        "cwd": os.getcwd(),
        "colour": os.environ.get("COLOUR"),
        "leaked": os.environ.get("LEAKED"),
    }


def leak_environment(reporter: Reporter) -> int:
    os.environ["LEAKED"] = "yes"
    os.chdir("/")
    print("this belongs to the first log")  # noqa: T201
    return os.getpid()


def fail(reporter: Reporter) -> None:
    reporter.phase("Reading weights")
    raise ValueError("the kernel has 3 rows, 4 expected")


def fail_in_plain_words(reporter: Reporter) -> None:
    raise JobError("No C++ compiler was found. Install g++ and try again.")


def leave(reporter: Reporter) -> None:
    sys.exit(3)


def return_a_set(reporter: Reporter) -> set:
    return {1, 2}


def return_too_much(reporter: Reporter) -> str:
    return "x" * 9_000_000


def crash(reporter: Reporter) -> None:
    ctypes.string_at(0)


def vanish(reporter: Reporter) -> None:
    os._exit(7)


def vanish_with_success(reporter: Reporter) -> None:
    os._exit(0)


def shoot_itself(reporter: Reporter) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def exhaust_memory(reporter: Reporter) -> None:
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + 50_000_000, used + 50_000_000))
    bytearray(500_000_000)


def fill_disk(reporter: Reporter) -> None:
    with open("/dev/full", "wb", buffering=0) as file:
        file.write(b"x")


def spoil_events(reporter: Reporter) -> None:
    os.write(reporter._channel._descriptor, b"\xff\x00 nonsense {[\n")
    signal.pause()


def die_inside_an_event(reporter: Reporter) -> None:
    os.write(reporter._channel._descriptor, b'{"event": "resu')
    os._exit(9)


def close_events(reporter: Reporter) -> None:
    os.close(reporter._channel._descriptor)
    signal.pause()


def flood_events(reporter: Reporter, count: int) -> int:
    for number in range(count):
        reporter.metric(f"m{number % 3000}", number)
    return count


def flood_log(reporter: Reporter, megabytes: int) -> str:
    for _ in range(megabytes):
        os.write(2, b"0123456789abcdef" * 65_536)
    os.write(2, b"the very last line\n")
    return "flooded"


def run_tools(reporter: Reporter) -> int:
    reporter.run(["sh", "-c", "echo from $WHERE; pwd; cat"], env={"WHERE": "a tool"})
    return reporter.run(["false"], check=False)


def run_failing_tool(reporter: Reporter) -> None:
    reporter.run(["sh", "-c", "exit 4"])


def run_missing_tool(reporter: Reporter) -> None:
    reporter.run(["vitis_hls_that_nobody_has"])


def run_killed_tool(reporter: Reporter) -> None:
    reporter.run(["sh", "-c", "kill -KILL $$"])


def block_with_children(reporter: Reporter) -> None:
    Path("partial.rpt").write_text("half a report", encoding="utf-8")
    for name, script in (("stubborn", STUBBORN), ("fugitive", FUGITIVE)):
        child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
        reporter.metric(name, int(child.stdout.readline()))
    reporter.metric("worker", os.getpid())
    reporter.run(["tail", "-f", "/dev/null"])


def block_with_stubborn_child(reporter: Reporter) -> None:
    child = subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE)
    reporter.metric("stubborn", int(child.stdout.readline()))
    reporter.metric("worker", os.getpid())
    signal.pause()


def block_in_c(reporter: Reporter) -> None:
    child = subprocess.Popen([sys.executable, "-c", FUGITIVE], stdout=subprocess.PIPE)
    reporter.metric("fugitive", int(child.stdout.readline()))
    reporter.metric("worker", os.getpid())
    re.match(r"(a+)+$", "a" * 60 + "b")  # holds the interpreter's lock for ages


def leave_child_behind(reporter: Reporter) -> int:
    child = subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE)
    return int(child.stdout.readline())


def never_leave(reporter: Reporter) -> str:
    threading.Thread(target=signal.sigwait, args=([signal.SIGUSR1],)).start()
    return "done, but a thread keeps the worker"


def wait_at_gate(reporter: Reporter) -> str:
    """Say that it waits, then wait until the test writes to the gate."""
    os.mkfifo("gate")
    reporter.phase("Waiting")
    return Path("gate").read_text(encoding="utf-8")
