"""The installers' single executable: the studio, or one of the processes that it starts, told by its first word.

Nothing is imported before that is known: a worker uses no Qt, and claims its channels before anything can print.
"""

import multiprocessing
import os
import runpy
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

MODULES = {
    "job-worker": "engine.jobs.worker",
    "simulate-streams": "engine.flows.simulator",
    "evaluate-designs": "engine.flows.evaluator",
    "propose-foldings": "engine.search.proposer",
}
"""What the modules call FROZEN_COMMAND: run as `python -m` runs them."""
SCRIPTS = {
    "open-tool": "engine/flows/rtl/tools/worker.py",
    "read-hdf5": "engine/readers/hdf5/worker.py",
}
"""The same of those that start without the engine: run by their files."""
_START_ANEW = "PYINSTALLER_RESET_ENVIRONMENT"
_HOME = Path(__file__).parent
_LIBRARIES, _LIBRARIES_BEFORE = "LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG"


def main() -> None:
    """Be what is asked for."""
    multiprocessing.freeze_support()
    restore_libraries()
    find_parts()
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    if word in MODULES:
        del sys.argv[1]
        runpy.run_module(MODULES[word], run_name="__main__", alter_sys=True)
    elif word in SCRIPTS:
        del sys.argv[1]
        runpy.run_path(str(_HOME / SCRIPTS[word]), run_name="__main__")
    else:
        from app.cli.main import entry

        entry()


def restore_libraries() -> None:
    """Foreign tools must not load this program's libraries, whose folder PyInstaller has put before all others."""
    # The program itself, started again, looks for them anew instead of relying on the folder taken out here.
    os.environ[_START_ANEW] = "1"
    before = os.environ.pop(_LIBRARIES_BEFORE, None)
    if before is None:
        os.environ.pop(_LIBRARIES, None)
    else:
        os.environ[_LIBRARIES] = before


def find_parts() -> None:
    """Packages that the user added are found behind the program's own."""
    from engine.addons.addon import added_folder, catalogue, root

    folders = [added_folder(part, root()) for part in catalogue()]
    sys.path.extend(str(folder) for folder in folders if folder.is_dir() and str(folder) not in sys.path)
    # TensorFlow's tools ask for distutils, which setuptools of the part is; where it is installed a .pth file says so.
    if find_spec("_distutils_hack"):
        import_module("_distutils_hack").add_shim()


if __name__ == "__main__":
    main()
