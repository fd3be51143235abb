"""The C++ compilers that the studio uses: one on the PATH, else the one of the package ziglang."""

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from engine.environment.compiled import cache_folder


def program_compiler() -> tuple[str, ...]:
    """The command that compiles C++, without its arguments: a compiler on the PATH, else the one that the package
    ziglang brings; empty where there is none."""
    found = next(filter(None, map(shutil.which, ("g++", "clang++"))), None)
    if found:
        return (found,)
    spec = find_spec("ziglang")
    zig = Path(str(spec and spec.origin)).with_name("zig.exe" if sys.platform == "win32" else "zig")
    return (str(zig), "c++") if zig.is_file() else ()


def compiler_title(command: tuple[str, ...]) -> str:
    """What a `program_compiler` is called."""
    return "zig" if len(command) > 1 else Path(command[0]).name


def compiler_environment() -> dict[str, str]:
    """What a compiler is started with besides: zig keeps the libraries that it compiles once."""
    cache = str(cache_folder() / "zig")
    return {"ZIG_GLOBAL_CACHE_DIR": cache, "ZIG_LOCAL_CACHE_DIR": cache}


def without_compiler() -> str:
    """What would bring a compiler here: an installer's studio has no packages of its own."""
    zig = (
        "add the part C++ compiler with Help, Add parts…"
        if getattr(sys, "frozen", False)
        else "`pip install ziglang`, which needs no administrator"
    )
    return f"Install g++ (Debian, Ubuntu: `sudo apt install g++`; macOS: `xcode-select --install`), or {zig}."
