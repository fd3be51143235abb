"""A stand-in of wsl.exe: Linux inside this computer is this computer."""

_WSL = """#!/bin/sh
while [ "$1" != -e ]; do shift; done
shift
exec "$@"
"""


def install_wsl(folder):
    """Put it into a folder, made if need be, for the search path; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "wsl.exe").write_text(_WSL)
    (folder / "wsl.exe").chmod(0o755)
    return folder
