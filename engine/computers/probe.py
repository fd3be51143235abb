"""The job that tries a computer: can it be reached, does it have what a run needs, which tools are there."""

from collections.abc import Mapping
from typing import Any

from engine.computers.computer import Computer, computer_from_json
from engine.computers.connection import answers, check_client
from engine.computers.scripts import MARK, find_script, quoted, with_setup
from engine.computers.shells import Shell
from engine.environment import VENDOR_TOOLS, version_in
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter

PROBE = "engine.computers.probe:probe"
_NEEDED = ("tar", "mktemp", "setsid")


def probe(reporter: Reporter, *, computer: Mapping[str, Any]) -> dict[str, Any]:
    """Try a computer (see `computer_to_json`). The result has `system`, `tools` (title, version and path of each that
    was found) and `summary`. Raises JobError with what is wrong and the next step."""
    named = computer_from_json(computer)
    if named is None:
        raise JobError("The description of the computer cannot be read.")
    shell = named.shell()
    check_client(shell)
    reporter.phase(f"Connecting to {shell.name}")
    system = _greet(shell)
    reporter.progress(0.4)
    reporter.phase("Trying the folder for projects")
    _try_folder(shell, named)
    reporter.progress(0.6)
    reporter.phase("Looking for tools")
    tools = _tools(shell, named)
    return {"system": system, "tools": tools, "summary": _summary(shell, system, tools)}


def _greet(shell: Shell) -> str:
    needed = " ".join(_NEEDED)
    script = f"echo {MARK}$(uname -sm); for c in {needed}; do command -v $c >/dev/null || echo {MARK}$c; done"
    said = answers(shell, script)
    if not said or not said[0]:
        raise JobError(f"{shell.name} can be reached but does not answer like Linux. Tools are run on Linux only.")
    if said[1:]:
        raise JobError(f"{shell.name} can be reached but lacks {', '.join(said[1:])}. Install it there.")
    return said[0]


def _try_folder(shell: Shell, computer: Computer) -> None:
    root = quoted(computer.folder) if computer.folder else '"${TMPDIR:-/tmp}"'
    script = f'mkdir -p {root} 2>/dev/null; d=$(mktemp -d {root}/codesign-studio.XXXXXX) && rmdir "$d" && echo {MARK}ok'
    if not answers(shell, f"{script}; true"):
        where = computer.folder or "its folder for temporary files"
        raise JobError(f"{shell.name} can be reached, but nothing can be written to {where}. Name another work folder.")


def _tools(shell: Shell, computer: Computer) -> list[dict[str, str]]:
    """All tools in one call: it answers with each tool's id, followed by its path where there is one."""
    looks = (f"echo {MARK}{tool.id}; ({find_script(tool, '', computer.tools)})" for tool in VENDOR_TOOLS)
    titles = {tool.id: tool.title for tool in VENDOR_TOOLS}
    found: list[dict[str, str]] = []
    title = ""
    for answer in answers(shell, with_setup("; ".join(looks), computer.setup), login=True):
        if answer in titles:
            title = titles[answer]
        else:
            found.append({"title": title, "version": version_in(answer), "path": answer})
    return found


def _summary(shell: Shell, system: str, tools: list[dict[str, str]]) -> str:
    reached = f"{shell.name} can be reached ({system})."
    if not tools:
        return f"{reached} No vendor's tool was found there: name its folder or its set-up script."
    return f"{reached} Found: {', '.join(' '.join((tool['title'], tool['version'])).strip() for tool in tools)}."
