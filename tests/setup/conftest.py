"""A copy of the setup scripts in a folder of its own, on a PATH that holds only what a test puts there."""

import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLAIN_TOOLS = "awk cat chmod cksum cp cut dirname env find grep make mkdir mktemp rm sed sh tail tee uname bash"
QT_LIBRARIES = "libglib-2.0.so.0 libGL.so.1 libEGL.so.1 libxkbcommon.so.0 libfontconfig.so.1 libdbus-1.so.3"

# Answers what setup asks of an interpreter, notes what it is told to run, and copies itself into environments.
PYTHON = """#!/bin/sh
case "$*" in
    *sys.version_info*) echo {version} ;;
    *ensurepip*) exit {ensurepip_status} ;;
    "-m venv "*)
        mkdir -p "$3/bin"
        cp "$0" "$3/bin/python"
        echo "#!$PWD/$3/bin/python" >"$3/bin/pip" ;;
    *) echo "$* [${{PYTHONDONTWRITEBYTECODE-unset}}]" >>'{calls}' ;;
esac
"""


@dataclass
class Checkout:
    """The scripts in `folder`; `tools` is the whole PATH, `calls` what the stand-ins were told to do."""

    folder: Path
    tools: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        return self.folder / "calls.log"

    @property
    def calls(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def stand_in(self, name: str, script: str) -> Path:
        """Put a script on the PATH."""
        tool = self.tools / name
        tool.unlink(missing_ok=True)
        tool.write_text(script)
        tool.chmod(0o755)
        return tool

    def python(self, name: str = "python3", version: str = "3.11.2", *, has_venv: bool = True) -> Path:
        """Put an interpreter on the PATH."""
        script = PYTHON.format(version=version, ensurepip_status=0 if has_venv else 1, calls=self.log)
        return self.stand_in(name, script)

    def libraries(self, names: str) -> None:
        """Let the loader know these libraries and no others."""
        listed = "\n".join(f"\t{name} (libc6,x86-64) => /lib/{name}" for name in names.split())
        self.stand_in("ldconfig", f"#!/bin/sh\ncat <<'EOF'\n{listed}\nEOF\n")

    def comforts(self) -> None:
        """Put the fonts and the compiler in place."""
        self.stand_in("g++", "#!/bin/sh\n")
        self.stand_in("find", "#!/bin/sh\necho found\n")

    def administrator(self) -> None:
        """Run as root from here on."""
        self.stand_in("id", "#!/bin/sh\necho 0\n")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the checkout, with an empty standard input."""
        return subprocess.run(
            command,
            cwd=self.folder,
            env={"PATH": str(self.tools), "HOME": str(self.folder)} | self.variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def setup(self, packages: str = "base") -> subprocess.CompletedProcess[str]:
        """Run the setup script."""
        return self.run("packaging/setup.sh", packages)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Return a Debian without sudo, fonts, g++ and Python, whose user is not the administrator."""
    folder = tmp_path / "a checkout"
    shutil.copytree(ROOT / "packaging", folder / "packaging")
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    for name in ("pyproject.toml", "Makefile"):
        shutil.copy(ROOT / name, folder / name)

    tools = tmp_path / "tools"
    tools.mkdir()
    for name in PLAIN_TOOLS.split():
        (tools / name).symlink_to(shutil.which(name) or f"/missing/{name}")
    made = Checkout(folder, tools)
    made.libraries(QT_LIBRARIES)
    made.stand_in("id", "#!/bin/sh\necho 1000\n")
    made.stand_in("apt-get", f"#!/bin/sh\necho \"apt-get $*\" >>'{made.log}'\n")
    made.stand_in("find", "#!/bin/sh\n")
    return made
